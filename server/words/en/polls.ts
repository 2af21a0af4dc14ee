/** What people read, in English: the page of a poll. */

export const polls = {
  polling: {
    title: "Poll",
    unfinished: "Please look at the marked questions: your answer was not sent yet.",
    questions: (count: number): string => `${count} questions`,
    many: "Choose as many as you like.",
    send: "Send my answer",
    change: "Change my answer",
    anonymous: "This poll is anonymous.",
    anonymousText:
      "Whoever asks sees who has answered, but not who answered what. Once sent, your answer cannot be changed: not even we know which one is yours.",
    named: "The sender and the administrators of the list see your answer with your name.",
    before: (time: string): string => `You answered at ${time}. A new answer takes the place of that one.`,
    until: (time: string): string => `You can answer and change your answer until ${time}.`,
    untilFinal: (time: string): string => `You can answer until ${time}.`,
    anyTime: "You can change your answer at any time.",
    doneTitle: "Thank you",
    done: "We have your answer.",
    answeredTitle: "You have answered",
    answered: (time: string): string => `You answered at ${time}.`,
    final: "You have answered this anonymous poll. Answers cannot be changed or shown again.",
    closedTitle: "This poll is closed",
    closed: (time: string): string => `Answers were taken until ${time}.`,
    notAnswered: "You did not answer.",
    own: "Your answer",
    nothing: "No answer",
    edit: "Change",
    faults: {
      missing: "Please choose one.",
      long: (most: number): string => `Please write at most ${most} characters.`,
      nothing: "Please answer at least one question.",
    },
  },
};
