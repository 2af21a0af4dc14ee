/** A reply in the SMTP dialogue: code, enhanced status code (RFC 3463), and one plain English sentence. */
export type SessionReply = { readonly code: number; readonly enhanced: string; readonly text: string };

export const tooBig: SessionReply = { code: 552, enhanced: "5.3.4", text: "The message is too big." };
export const headerTooBig: SessionReply = {
  code: 552,
  enhanced: "5.3.4",
  text: "The header of the message is too big.",
};
export const nulInMessage: SessionReply = { code: 554, enhanced: "5.6.0", text: "The message holds a NUL octet." };
export const mailWithin: SessionReply = {
  code: 554,
  enhanced: "5.6.0",
  text: "The message hides another mail behind a lone dot.",
};
export const ourTrouble: SessionReply = {
  code: 451,
  enhanced: "4.3.0",
  text: "Something is wrong here; try again later. Nothing was taken.",
};
export const noSpace: SessionReply = {
  code: 452,
  enhanced: "4.3.1",
  text: "There is no room for the message now; try again later.",
};
export const automaticMail: SessionReply = {
  code: 550,
  enhanced: "5.7.1",
  text: "This address takes no automatic mail.",
};
export const authorUnreadable: SessionReply = {
  code: 550,
  enhanced: "5.7.1",
  text: "The From field must hold exactly one plain address.",
};
export const noSuchRequest: SessionReply = {
  code: 550,
  enhanced: "5.1.1",
  text: "This address has done its work, or its time is over.",
};
export const tooMuch: SessionReply = {
  code: 451,
  enhanced: "4.7.1",
  text: "Too many requests from your network; try again later.",
};
export const loop: SessionReply = { code: 554, enhanced: "5.4.6", text: "The message seems to run in a loop." };
export const nobodyThere: SessionReply = { code: 550, enhanced: "5.1.1", text: "Nobody looks after this address yet." };
export const oneAtATime: SessionReply = {
  code: 452,
  enhanced: "4.5.3",
  text: "Send this recipient's copy in a transaction of its own.",
};
export const tooManyErrors: SessionReply = { code: 421, enhanced: "4.7.0", text: "Too many errors; good bye." };
export const taken: SessionReply = { code: 250, enhanced: "2.0.0", text: "Taken." };
