"""Checks that the Swift code of README.md is compiled: each block stands in a snippet, as lines that follow each other."""

import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What a manifest of the reader's needs is not code of ours.
MANIFEST = re.compile(r"^\s*\.(package|product)\(")


def code(text):
    """The lines that a reader would see: without the marks of snippets, and without empty lines."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("// snippet.")]
    return "\n".join(line.rstrip() for line in lines if line.strip())


def main():
    snippets = {path.name: code(path.read_text()) for path in sorted((ROOT / "Snippets").glob("*.swift"))}
    readme = (ROOT / "README.md").read_text()
    missing = 0
    blocks = re.findall(r"```swift\n(.*?)```", readme, re.S)
    for block in blocks:
        wanted = code(textwrap.dedent(block))
        if MANIFEST.match(wanted) or any(wanted in text for text in snippets.values()):
            continue
        missing += 1
        print("README.md has Swift code that no snippet has:\n" + textwrap.indent(block, "    "), file=sys.stderr)
    print(f"{len(blocks)} blocks of Swift code in README.md, {missing} of them not compiled")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
