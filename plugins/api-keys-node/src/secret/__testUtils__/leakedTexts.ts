/** Files as people leave them lying about, each around a secret. The names are those that files of the kind have. */
export const LEAKED_TEXTS: Record<string, (secret: string) => string> = {
  '.env': secret => `# portal\nBACKSTAGE_URL=https://portal\nTOKEN=${secret}\n`,
  '.env.windows': secret => `TOKEN="${secret}"\r\nOTHER=1\r\n`,
  '.npmrc': secret => `//npm.example.com/:_authToken=${secret}`,
  'values.yaml': secret => `portal:\n  token: ${secret}\n  - '${secret}'\n`,
  'secret.yaml': secret =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: portal }\nstringData:\n  token: ${secret}\n`,
  'config.json': secret => `{"token":"${secret}","retries":3}`,
  'escaped.json': secret =>
    JSON.stringify({ log: `first line\n${secret}\tand\n"${secret}"` }),
  'notebook.ipynb': secret =>
    JSON.stringify({ cells: [{ source: [`TOKEN = '${secret}'\n`] }] }),
  bash_history: secret =>
    `ls -l\ncurl -H "Authorization: Bearer ${secret}" https://portal\nexport T=${secret}; make\n`,
  zsh_history: secret => `: 1764400000:0;curl -u :${secret} https://portal\n`,
  'access.log': secret =>
    `192.0.2.7 - - [29/Nov/2026:12:00:01] "GET /api?api_key=${secret}&x=1 HTTP/1.1" 401 -\n`,
  'proxy.log': secret =>
    `302 /login?to=https%3A%2F%2Fportal%2Fapi%3Fapi_key%3D${secret}%26x%3D1\n`,
  'app.log': secret =>
    `2026-11-29T12:00:01Z ERROR headers={x-api-key=${secret}, host=portal}\n`,
  'main.tf': secret =>
    `provider "backstage" {\n  token = "${secret}" # ${secret}\n}\n`,
  'README.md': secret =>
    `Call it with \`${secret}\`, or **${secret}**, or <${secret}>.\n\n| token |\n|---|\n|${secret}|\n`,
  'client.js': secret =>
    `const t = '${secret}';\nfetch(\`https://x:${secret}@portal/\`, {headers:{a:"Bearer ${secret}"}}); //${secret}`,
  'settings.py': secret => `TOKEN = f"${secret}"  # (${secret})\n`,
  'settings.xml': secret => `<a k="${secret}"/><token>${secret}</token>`,
  Dockerfile: secret => `FROM node\nENV TOKEN=${secret}\nARG A=${secret}\n`,
  'ci.yml': secret =>
    `steps:\n  - run: |\n      export T=${secret}\n      ./deploy --token ${secret}\n`,
  'change.diff': secret =>
    `--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-TOKEN=${secret}\n+TOKEN=\n ${secret}\n+${secret}\n`,
  'data.csv': secret => `ada;"${secret}";${secret}\nlinus,${secret},1\n`,
  'headers.http': secret => `GET / HTTP/1.1\r\nX-API-Key:${secret}\r\n\r\n`,
  'names.txt': secret => `backup_${secret}.tar\nkeyOf${secret}\n${secret}`,
};
