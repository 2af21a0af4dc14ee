/** What people read, in English: what copies ask, and the pages behind their links. */

export const asking = {
  asking: {
    confirm: "[Please confirm] Tell us on this page that you have read this:",
    /** `questions`: how many. */
    poll: (questions: number): string =>
      questions === 1
        ? "[Question] Please answer on this page:"
        : `[${questions} questions] Please answer on this page:`,
    question: (text: string): string => `[Question] ${text}`,
    anonymous: "The poll is anonymous: nobody sees who answered what.",
    until: (time: string): string => `Please answer by ${time}.`,
    reminder: "This is a reminder: we have not heard from you yet.",
    reminderSubject: (subject: string): string => `Reminder: ${subject}`,
  },

  confirming: {
    title: "Confirm reading",
    question: "Have you read this?",
    text: "Press the button, and we know that you have read this mail.",
    button: "I have read it",
    doneTitle: "Thank you",
    alreadyTitle: "You have confirmed",
    done: (time: string): string => `You confirmed at ${time}.`,
    doneText: "You can close this page.",
    already: (time: string): string => `You confirmed at ${time} already.`,
    from: "From",
    sentAt: "Sent",
  },
};
