// Colours for the source text: comments, strings, words of the language, and names of types.

const WORDS =
  "abstract|boolean|break|byte|case|catch|class|continue|default|double|else|enum|extends|final|finally|for|if|implements|import|" +
  "instanceof|int|interface|long|new|null|package|permits|private|protected|public|record|return|sealed|short|static|super|switch|this|" +
  "throw|throws|true|false|try|var|void|volatile|while|yield";
const TOKENS = new RegExp(`(?<c>//[^\\n]*|/\\*[\\s\\S]*?\\*/)|(?<q>"(?:\\\\.|[^"\\\\\\n])*"|'(?:\\\\.|[^'\\\\\\n])*')|(?<b>\\b(?:${WORDS})\\b)|(?<i>\\b[A-Z]\\w*)`, "g");

const code = document.getElementById("text");
const text = code.textContent;
const parts = [];
let last = 0;
for (const token of text.matchAll(TOKENS)) {
  const [kind, value] = Object.entries(token.groups).find(([, found]) => found !== undefined);
  const element = document.createElement(kind === "b" || kind === "i" ? kind : "span");
  if (element.tagName === "SPAN") element.className = kind;
  element.textContent = value;
  parts.push(text.slice(last, token.index), element);
  last = token.index + value.length;
}
code.replaceChildren(...parts, text.slice(last));
