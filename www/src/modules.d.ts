/// <reference types="../node_modules/vite/client.d.ts" />
