/** What people read, in English: accounts, administrators, invitations, and signing in again. */

export const accounts = {
  keptForm: {
    typed: "Look at what you typed and press the button again: you had been signed out, so nothing was saved yet.",
    button: "Press the button again: you had been signed out, so nothing was changed yet.",
    signIn: "You were signed out. Sign in, and what you typed is there again.",
  },
};
