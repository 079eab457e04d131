/** What the official SDK does that a client or an app trips over, what is done here instead, and where that is shown. */
export interface Oddity {
  official: string;
  here: string;
  /** Vectors, without `.json`. */
  vectors?: string[] | undefined;
  /** What no vector can say, as the file and the name of a test. */
  tests?: [file: string, name: string][] | undefined;
  /** Why there is nothing to show. */
  without?: string | undefined;
}

/** In the order of section 9 of the protocol: the first is O1. */
export const oddities: Oddity[] = [
  { official: 'Times are local and say nothing of their zone.', here: 'UTC, with `Z`', vectors: ['transport/23-times-are-utc-with-z'] },
  {
    official: 'An unknown thread, item or file, or a wrong state, cuts a stream off without a word.', here: 'a status before the first byte, an `error` event after it',
    vectors: ['threads/09-add-to-an-unknown-thread', 'actions/09-an-action-on-an-unknown-item', 'structured-input/13-an-unknown-question', 'client-tools/12-tool-output-for-an-unknown-thread'],
  },
  { official: 'An attachment that can not be loaded leaves an empty thread, already announced.', here: 'attachments come first: there is no thread', vectors: ['attachments/10-an-unknown-attachment-leaves-no-new-thread'] },
  { official: 'A reader that goes away while an event is written loses the text so far.', here: 'the same as any stop', vectors: ['cancel/22-a-reader-that-stops-reading-is-a-stop'] },
  {
    official: 'A workflow left open is stored twice when a later turn ends it.', here: 'an item is stored under its id, and keeps its place',
    vectors: ['agent-reasoning/11-an-open-workflow-goes-on-after-tool-output', 'agent-workflow/15-a-workflow-left-open-is-stored-without-an-event', 'pipeline/28-a-finished-item-sent-again-keeps-its-place'],
  },
  { official: 'Events on their way change with the objects that they were made of.', here: 'an event is what it was when it was made', vectors: ['agent-workflow/18-events-keep-the-order-and-the-state-in-which-they-were-made', 'pipeline/29-an-item-changed-after-it-was-yielded-is-stored-as-it-was'] },
  { official: 'A late announcement opens a workflow again that was ended.', here: 'events keep the order in which they were made', vectors: ['agent-workflow/18-events-keep-the-order-and-the-state-in-which-they-were-made'] },
  { official: 'A second workflow abandons the first.', here: 'it ends the first', vectors: ['agent-workflow/17-a-second-workflow-ends-the-first'] },
  { official: 'Of two equal tasks both have the index of the first.', here: 'each has its own', vectors: ['agent-workflow/16-two-equal-tasks-are-two-tasks', 'agent-reasoning/10-two-equal-thoughts-are-two-thoughts'] },
  { official: 'A task is announced whose workflow never was.', here: 'the workflow is announced first', vectors: ['agent-workflow/20-a-thought-in-a-workflow-without-tasks-announces-it-first'] },
  { official: 'Of two images made at a time one never ends and the other is the wrong one.', here: 'each is its own', vectors: ['agent-images/08-two-images-at-the-same-time'] },
  { official: 'An image that comes to nothing stays unfinished.', here: 'it is taken away', vectors: ['agent-images/09-an-image-call-without-a-result-takes-its-item-away'] },
  { official: 'The end of a part wipes its citations until the message ends.', here: 'they stay', vectors: ['agent-citations/07-the-end-of-a-part-keeps-its-citations'] },
  { official: 'A refusal appears at its end only.', here: 'it streams', vectors: ['agent-text/18-a-refusal-is-shown-as-it-comes'] },
  { official: 'A message has another time when it ends.', here: 'the first one', vectors: ['agent-text/20-a-message-keeps-the-time-at-which-it-began'] },
  {
    official: 'Placeholder ids of models are taken for ids: messages overwrite each other.', here: 'ids of our own, unless an id is a genuine one that is not taken',
    vectors: ['agent-text/21-messages-with-the-placeholder-id-fake-id-get-ids-of-their-ow', 'agent-text/22-messages-with-the-placeholder-id-fake-id-get-ids-of-their-ow'],
  },
  { official: 'A function call without an id ends the run.', here: 'it gets one', vectors: ['agent-tools/08-a-function-call-without-an-item-id'] },
  { official: 'A client tool call takes the ids of the last function call, whichever that was.', here: 'those of the call of its name', vectors: ['agent-tools/06-a-client-tool-call-belongs-to-the-function-of-its-name', 'agent-tools/07-a-hosted-tool-in-between-changes-nothing'] },
  { official: 'A citation of an unknown kind ends the run.', here: 'it is dropped', vectors: ['agent-citations/08-a-citation-of-an-unknown-kind-is-dropped'] },
  { official: 'After a tripwire items are removed in any order, and some that never were.', here: 'in the order in which they came', vectors: ['agent-guardrails/04-everything-shown-is-taken-back-in-the-order-it-came'] },
  {
    official: 'Text that was shown before a failure is not stored.', here: 'it is',
    vectors: ['errors/15-text-already-shown-is-stored-when-the-app-fails', 'errors/16-text-already-shown-is-stored-with-an-error-for-the-user', 'agent-text/17-a-model-failure-in-the-middle-of-a-message-stores-its-text'],
  },
  { official: 'Hidden items are sent in some events.', here: 'never', vectors: ['transport/25-hidden-items-are-swallowed-everywhere', 'transport/26-nothing-hidden-is-in-any-byte', 'actions/17-a-quick-action-that-answers-with-a-hidden-item'] },
  {
    official: 'A hidden item after a client tool call makes the thread unanswerable.', here: 'the call is looked for behind it',
    vectors: ['client-tools/15-a-call-is-found-behind-hidden-items', 'client-tools/16-a-call-is-found-behind-a-workflow-and-an-end-of-turn'],
  },
  { official: 'Unanswered calls are cleaned up among the newest twenty items only.', here: 'as far back as the message of the user', vectors: ['client-tools/17-strays-are-cleaned-up-as-far-back-as-the-user-s-message'] },
  { official: 'The result of a client tool that is sent again is an error.', here: 'it is answered, as long as nothing was', vectors: ['client-tools/18-the-same-output-again-when-no-answer-came-of-it', 'client-tools/19-another-output-for-a-completed-call'] },
  { official: 'Trying an unknown item again gives an empty stream.', here: '404', vectors: ['retry/12-an-unknown-item'] },
  {
    official: 'Trying again deletes the old answer before there is a new one.', here: 'with the first item of the new one',
    vectors: ['retry/10-a-failure-before-anything-new-keeps-the-old-answer', 'retry/11-a-text-cut-short-by-a-failure-takes-the-old-answer-s-place'],
  },
  { official: 'Nothing tells other clients of what a new try deletes.', here: 'kept: they see it when they load the thread', vectors: ['retry/01-the-answer-is-made-again'] },
  {
    official: 'Text without an id grows and nothing is sent; equal ids lose changes.', here: 'the widget is sent anew',
    vectors: ['diff/26-a-text-without-an-id-grows', 'diff/27-a-text-without-an-id-under-a-single-child-grows', 'diff/28-two-texts-of-the-same-id-the-first-grows', 'widgets/16-a-text-without-an-id-that-grows-is-sent-anew'],
  },
  { official: 'A node that gains or loses a property stops the comparison.', here: 'a change like any other', vectors: ['diff/29-an-opaque-node-gains-a-property', 'diff/30-an-opaque-node-loses-a-property'] },
  { official: 'Every piece of a text that is not marked as streaming says that it is the last.', here: 'kept', vectors: ['widgets/04-every-delta-of-a-text-that-does-not-stream-is-its-last'] },
  { official: 'A streamed widget without any state ends the stream with an error.', here: 'nothing is sent', vectors: ['widgets/15-a-series-without-any-state-sends-nothing'] },
  { official: 'Properties that the server does not know are lost when a widget is stored.', here: 'a widget is kept as it was written', vectors: ['widgets/17-a-widget-is-kept-as-it-is-written'] },
  { official: 'Actions get fields when a widget is stored that they did not have.', here: 'a widget is kept as it was written', vectors: ['widgets/17-a-widget-is-kept-as-it-is-written'] },
  {
    official: 'Updates of a finished item are never stored.', here: 'kept for events that an app makes itself; `turn.updateWidget` stores what it sends',
    vectors: ['pipeline/37-a-finished-widget-updated-by-the-helper-is-stored-as-well', 'pipeline/30-updates-of-a-finished-item-are-sent-and-not-stored'],
  },
  { official: 'A task update with a wrong index ends the turn.', here: 'it changes nothing', vectors: ['pipeline/36-a-task-update-with-a-wrong-index-is-passed-on'] },
  { official: 'Stream options that throw cut the stream off.', here: 'an `error` event', vectors: ['pipeline/35-stream-options-that-fail'] },
  { official: 'A new thread is stored with a page of its items in it.', here: 'a thread is a thread', vectors: ['pipeline/18-the-announced-thread-never-carries-items', 'threads/02-create-and-answer'] },
  { official: 'Ids have 32 random bits.', here: 'at least 120', vectors: ['transport/24-generated-ids-are-long-and-keep-their-prefix'] },
  {
    official: 'Readers of pages go round in circles when a store says that there is more and not where.', here: 'they stop',
    tests: [['packages/core/test/store/read-pages.test.ts', 'stops where a store says that there is more and not where']],
  },
  { official: 'A limit may be any number.', here: 'at least 1 and at most 100; 0 is the default', vectors: ['items-list/16-a-limit-is-kept-within-1-to-100', 'threads/22-a-limit-is-kept-within-1-to-100', 'items-list/06-a-limit-of-0-means-the-default'] },
  {
    official: 'Hidden items make pages shorter than their limit.', here: 'kept; filled up with `createChatKit({ fillPages: true })`',
    vectors: ['items-list/07-hidden-items-make-a-page-shorter', 'items-list/17-a-page-is-filled-up-where-the-app-wants-it'],
  },
  { official: 'A thread comes with its oldest twenty items.', here: 'kept', vectors: ['threads/12-get-a-long-thread-the-oldest-twenty-items'] },
  { official: 'An action without a type is taken.', here: '400', vectors: ['actions/12-an-action-without-a-type'] },
  { official: 'What the types of the client call optional is required.', here: 'it has a default', vectors: ['transport/10-what-the-client-s-types-call-optional-may-be-missing'] },
  {
    official: 'Nobody looks whose thread feedback is about, or whose file a message has.', here: 'both must be the owner\'s, and a file belongs to one thread',
    vectors: ['feedback-and-dictation/05-feedback-on-another-s-thread', 'attachments/11-another-s-attachment', 'attachments/12-an-attachment-of-another-thread-is-refused'],
  },
  { official: 'The signed address of an upload is sent with the message again and again.', here: 'once', vectors: ['attachments/13-an-upload-s-address-is-not-sent-again'] },
  {
    official: 'Deleting a thread leaves its attachments.', here: 'kept; deleted with `createChatKit({ deleteAttachmentsWithThread: true })`',
    vectors: ['attachments/18-deleting-a-thread-keeps-its-attachments', 'attachments/19-attachments-go-with-their-thread-where-the-app-wants-it'],
  },
  { official: 'Two tabs write into one thread at a time.', here: 'one run a thread, on all nodes', tests: [['test/integration/what-a-client-is-told.test.ts', '409 for a wrong state and for a busy thread']] },
  {
    official: 'Locked and closed threads take messages.', here: '409',
    vectors: ['threads/32-a-locked-thread-takes-no-message', 'threads/33-a-closed-thread-takes-no-message', 'threads/34-a-locked-thread-takes-no-retry-action-tool-output-or-answer'],
  },
  { official: 'A quote is dropped as soon as a tool has answered.', here: 'it is given until the next message of the user', vectors: ['convert/06-the-quote-of-the-last-message-is-given-after-a-tool-call-too'] },
  { official: 'The model is not told what it has cited.', here: 'kept: what a model has cited is stored as sources, and other APIs refuse the raw field; a converter can pass it on as `providerData`', without: 'kept' },
  { official: 'A change of a header of the HTTP client outlives an error.', here: 'no such thing: there is no client to change', without: 'nothing of the kind exists' },
  { official: 'Nobody compares the data of a widget template with its schema.', here: 'with `validateData: true`', tests: [['packages/core/test/widget-templates/widget-template.test.ts', 'is checked when asked, and refused by place, without its values']] },
  { official: 'The documentation names fields and icons that do not exist.', here: 'types and schemas of what does', without: 'a matter of documentation' },
  { official: 'The types promise events for what a new try deletes; none are sent.', here: 'kept: none', vectors: ['retry/01-the-answer-is-made-again'] },
  { official: 'Every stop adds a note for the model, also one after another.', here: 'one note', vectors: ['cancel/24-a-second-stop-adds-no-second-marker'] },
  { official: 'Events that are left when a run ends bypass what holds for others.', here: 'all are treated alike', vectors: ['agent-text/13-what-a-tool-sends-comes-in-between', 'agent-workflow/18-events-keep-the-order-and-the-state-in-which-they-were-made'] },
  { official: 'A change of the thread just before a stop is lost.', here: 'it is stored', vectors: ['cancel/23-a-change-of-the-thread-just-before-a-stop-is-saved'] },
  {
    official: 'Only the first thought of a workflow streams.', here: 'kept; all stream with `converters: { streamAllThoughts: true }`',
    vectors: ['agent-reasoning/01-the-first-thought-streams-the-next-appears-when-it-is-done', 'agent-reasoning/15-every-thought-streams-where-the-app-wants-it'],
  },
];
