/** Von Geheimnissen, wo keine hingehören. */
export const pastedSecret = {
  'pastedSecret.intro':
    'Sie haben das Geheimnis eines API-Schlüssels eingefügt. Es wurde nicht gesucht und steht nicht in der Adresse dieser Seite.',
  'pastedSecret.looking': 'Sein Schlüssel wird gesucht…',
  'pastedSecret.found':
    'Es ist das Geheimnis von {{key}}. Falls andere es gesehen haben könnten, widerrufen Sie den Schlüssel.',
  'pastedSecret.notOwn': 'Keiner Ihrer Schlüssel hat dieses Geheimnis.',
  'pastedSecret.notInPortal':
    'Kein Schlüssel, den Sie sehen dürfen, hat dieses Geheimnis.',
  'pastedSecret.failed':
    'Sein Schlüssel konnte nicht gesucht werden. {{reason}}',
  'pastedSecret.inField':
    'Das enthält das Geheimnis eines API-Schlüssels. Entfernen Sie es, und widerrufen Sie den Schlüssel, falls andere es gesehen haben könnten.',
};
