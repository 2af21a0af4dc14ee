import { expect } from "chai";
import { answersOnPage } from "../../server/lists/poll.ts";
import type { Question, QuestionKind } from "../../server/lists/poll.ts";

describe("a page of a poll's answers", () => {
  const asked = (kind: QuestionKind, count: number, choices: number): readonly Question[] =>
    Array.from({ length: count }, (_, id) => ({
      ...{ id, kind, text: "" },
      choices: Array.from({ length: choices }, (_, place) => ({ id: place, text: "" })),
    }));

  it("has as many as it may, unless each of them is a page by itself", () => {
    const usual = [...asked("one", 10, 4), ...asked("many", 2, 10), ...asked("text", 3, 0)];
    expect(answersOnPage({ questions: usual }, 1000)).to.equal(1000);
    expect(answersOnPage({ questions: [] }, 100)).to.equal(100);
    expect(answersOnPage({ questions: asked("many", 50, 50) }, 1000)).to.equal(79);
    expect(answersOnPage({ questions: asked("text", 50, 0) }, 1000)).to.equal(199);
  });
});
