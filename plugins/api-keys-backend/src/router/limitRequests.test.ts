import express from 'express';
import request from 'supertest';
import { limitRequests } from './limitRequests';

const app = () =>
  express()
    .set('trust proxy', 1)
    .use(limitRequests('attempts'))
    .get('/', (_req, res) => {
      res.end();
    });

it.each<[string, (i: number) => string]>([
  ['with a port each', i => `192.0.2.7:${i}`],
  ['of one IPv6 network', i => `[2001:db8::${i}]:${i}`],
  ['that are no addresses', i => `junk-${i}`],
])('requests from addresses %s share one limit', async (_, addressOf) => {
  const limited = app();
  const from = (address: string) =>
    request(limited).get('/').set('X-Forwarded-For', address);
  for (let i = 0; i < 60; i++) await from(addressOf(i)).expect(200);
  await from(addressOf(60)).expect(429);
  await from('198.51.100.7:4711').expect(200);
});
