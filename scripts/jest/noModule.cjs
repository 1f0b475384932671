/* Replaces modules that tests load without using them. */
module.exports = {};
