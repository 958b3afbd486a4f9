"""Packages of speech services and engines that are no part of phonebot's own: each answers with what it was given."""

from pathlib import Path

WHISPER_SERVICE = """
import json, os

class Refused(Exception):
    status_code = 401

class Create:
    def create(self, *, file, **given):
        if os.environ["{key}"] == "wrong":
            raise Refused("wrong is no key")
        seen = {{name: os.environ.get(name) for name in ("{key}", "{url}")}}
        sent = file.read()
        told = given | seen | {{"begins": sent[:4].decode(), "size": len(sent)}}
        return type("Answer", (), {{"text": json.dumps(told)}})

class {client}:
    def __init__(self):
        self.audio = type("Audio", (), {{"transcriptions": Create()}})()
"""

GOOGLE_CLOUD = """
import json
from types import SimpleNamespace as Some

class RecognitionConfig(dict):
    AudioEncoding = Some(FLAC="flac")

class SpeechContext(dict):
    pass

class RecognitionAudio(dict):
    pass

class SpeechClient:
    def __init__(self, path=None):
        self.path = path

    @classmethod
    def from_service_account_json(cls, path):
        return cls(path)

    def recognize(self, *, config, audio):
        said = json.dumps({"path": self.path, "begins": audio["content"][:4].decode(), **config})
        return Some(results=[Some(alternatives=[Some(transcript=said)])])
"""

WHISPER = """
import json

loaded = 0

class Model:
    def transcribe(self, samples, **given):
        return {"text": json.dumps({"loaded": loaded, "samples": len(samples), **given})}

def load_model(name):
    global loaded
    if name == "enormous":
        raise RuntimeError("no such model")
    loaded += 1
    return Model()
"""

VOSK = """
import json

loaded = 0

class Model:
    def __init__(self, folder):
        global loaded
        if folder.endswith("empty"):
            raise Exception("Failed to create a model")
        loaded += 1

class KaldiRecognizer:
    def __init__(self, model, rate):
        self.rate = rate

    def AcceptWaveform(self, data):
        self.size = len(data)

    def FinalResult(self):
        return json.dumps({"text": json.dumps({"loaded": loaded, "rate": self.rate, "size": self.size})})
"""

POCKETSPHINX = """
from types import SimpleNamespace as Some

Jsgf = FsgModel = None

class Config:
    def set_string(self, name, value):
        pass

class Decoder:
    def __init__(self, config):
        pass

    def start_utt(self):
        pass

    def process_raw(self, data, no_search, full_utt):
        self.size = len(data)

    def end_utt(self):
        pass

    def hyp(self):
        return Some(hypstr=f"ring four about your order {self.size}")

pocketsphinx = Some(Config=Config, Decoder=Decoder)
"""

TORCH = "from types import SimpleNamespace\ncuda = SimpleNamespace(is_available=lambda: False)\n"

FILES = {
    "openai.py": WHISPER_SERVICE.format(client="OpenAI", key="OPENAI_API_KEY", url="OPENAI_BASE_URL"),
    "groq.py": WHISPER_SERVICE.format(client="Groq", key="GROQ_API_KEY", url="GROQ_BASE_URL"),
    "cohere.py": WHISPER_SERVICE.format(client="ClientV2", key="CO_API_KEY", url="CO_API_URL"),
    "google/cloud/speech.py": GOOGLE_CLOUD,
    "google/api_core/exceptions.py": "class GoogleAPICallError(Exception):\n    pass\n",
    "whisper.py": WHISPER,
    "torch.py": TORCH,
    "vosk.py": VOSK,
    "pocketsphinx.py": POCKETSPHINX,
}


def put_in(folder: Path) -> None:
    """Write them all into a folder, from where they can be imported."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
