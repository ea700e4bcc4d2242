"""Drafts translations with Apertium, which translates by rules, without a network:

    extract draft --lang es -- python3 apertium.py eng-spa
"""

import json
import re
import subprocess
import sys

# Apertium would translate the names of placeholders. It leaves numbers as they are, and makes the
# words beside them agree. No text has a number as large as these.
PLACEHOLDER = re.compile(r"{{.*?}}")
FIRST_NUMBER = 70001


def hide_placeholders(source):
    numbers = iter(range(FIRST_NUMBER, FIRST_NUMBER + 1000))
    return PLACEHOLDER.sub(lambda _: str(next(numbers)), source)


def show_placeholders(text, source):
    for number, placeholder in enumerate(PLACEHOLDER.findall(source), FIRST_NUMBER):
        text = text.replace(str(number), placeholder)
    return text


requests = [json.loads(line) for line in sys.stdin]
sources = [form["text"] for request in requests for form in request["forms"]]

# A paragraph is translated by itself, so one run of the program is enough.
run = subprocess.run(
    ["apertium", "-u", sys.argv[1]],
    input="\n\n".join(hide_placeholders(source) for source in sources),
    stdout=subprocess.PIPE,
    encoding="utf-8",
    check=True,
)
translations = run.stdout.strip().split("\n\n")
if len(translations) != len(sources):
    sys.exit(f"Apertium translated {len(translations)} paragraphs, not {len(sources)}")

forms = zip(sources, translations)
for request in requests:
    answer = {"id": request["id"], "forms": {}}
    for form in request["forms"]:
        source, translation = next(forms)
        # It leaves a space where it leaves out a word, and likes to begin with another case.
        translation = re.sub(" +", " ", translation).strip()
        first = translation[:1].upper() if source[:1].isupper() else translation[:1].lower()
        translation = first + translation[1:]
        answer["forms"][form["form"]] = show_placeholders(translation, source)
    print(json.dumps(answer))
