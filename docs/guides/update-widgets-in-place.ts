import { Button, Card, createChatKit, defineActions, streamTextInto, Text, type WidgetRoot } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { z } from 'zod';

const actions = defineActions({
  vote: { payload: z.object({ votes: z.number() }) },
  reset: { streaming: false },
});

const poll = (votes: number): WidgetRoot =>
  Card({ size: 'sm' }, [
    Text({ id: 'count', value: `${String(votes)} votes` }),
    Button({ label: 'Vote', onClickAction: actions.vote({ votes }) }),
    Button({ label: 'Reset', onClickAction: actions.reset() }),
  ]);

export const chatkit = createChatKit({
  store: memoryStore(),
  actions,
  async respond(turn) {
    if (turn.userText === 'poll') return void (await turn.sendWidget(poll(0)));
    // A card whose text grows while it is shown: only what is new is sent.
    await turn.sendWidget(streamTextInto(Text({ id: 'story', value: '' }), words('Once upon a time'), (text) => Card({}, [text])));
    // A later change of a widget that is there already.
    const { itemId } = await turn.sendWidget(Card({}, [Text({ value: 'Working…' })]));
    await turn.updateWidget({ itemId, widget: Card({}, [Text({ value: 'Done' })]) });
  },
  onAction: {
    // A streaming action may send anything; the widget that it returns takes the clicked one's place.
    vote: async (turn, { payload }) => {
      await turn.sendText('Thank you!');
      return poll(payload.votes + 1);
    },
    // A synchronous one answers at once, also while an answer is streaming.
    reset: () => poll(0),
  },
});

async function* words(text: string) {
  for (const word of text.match(/\S+\s*/g) ?? []) yield word;
}
