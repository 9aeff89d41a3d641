# truth from 99.0
"""A server and two clients in one event loop. Its sockets and times are another run's: only how it ends is compared."""

import asyncio


class Store:
    def __init__(self):
        self.values = {}
        self.log = []

    async def serve(self, reader, writer):
        while True:
            line = await reader.readline()
            if not line:
                break
            word, _, rest = line.decode().strip().partition(' ')
            answer = self.answer(word, rest)
            writer.write((answer + '\n').encode())
            await writer.drain()
        writer.close()

    def answer(self, word, rest):
        if word == 'set':
            name, _, value = rest.partition('=')
            self.values[name] = value
            return 'ok'
        if word == 'get':
            return self.values.get(rest, 'none')
        return 'what?'


async def talk(port, lines):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    answers = []
    for line in lines:
        writer.write((line + '\n').encode())
        answers.append((await reader.readline()).decode().strip())
    writer.close()
    return answers


async def main():
    store = Store()
    server = await asyncio.start_server(store.serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    first = await talk(port, ['set a=1', 'get a', 'get b', 'jump'])
    second = await talk(port, ['get a', 'set b=2', 'get b'])
    server.close()
    await server.wait_closed()
    return first, second, store.values


result = asyncio.run(main())
print(result)
