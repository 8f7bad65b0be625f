import { memoryBoard } from '../../../../app/chat/src/presence/boards';

describe('the board of one process', () => {
  it('has who is here, and says when that changes', async () => {
    const board = memoryBoard();
    let changes = 0;
    await board.onChange(() => {
      changes += 1;
    });
    await board.add({ id: 'ana', name: 'Ana' });
    await board.add({ id: 'ben', name: 'Ben' });
    await board.beat([]);
    await board.remove({ id: 'ana', name: 'Ana' });
    expect(await board.read()).toEqual([{ id: 'ben', name: 'Ben' }]);
    expect(changes).toBe(3);
  });
});
