"""Words said aloud by eSpeak NG, as a telephone carries them: for tests of what a machine hears."""

import array
import ctypes
from functools import cache

import espeakng_loader

from phonebot.simulator.audio import RATE, wav

SYNCHRONOUS = 2
UTF8 = 1

Collect = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


@cache
def said(words: str, voice: str = "en-gb") -> bytes:
    """A WAV file in which somebody says the words."""
    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = espeak.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    assert rate > 0
    samples = array.array("h")

    def collect(piece: "ctypes._Pointer[ctypes.c_short]", count: int, _events: object) -> int:
        if piece and count > 0:
            samples.frombytes(ctypes.string_at(piece, 2 * count))
        return 0

    collecting = Collect(collect)
    espeak.espeak_SetSynthCallback(collecting)
    espeak.espeak_SetVoiceByName(voice.encode())
    text = words.encode()
    assert espeak.espeak_Synth(text, len(text) + 1, 0, 0, 0, UTF8, None, None) == 0
    espeak.espeak_Synchronize()
    espeak.espeak_Terminate()
    return wav(array.array("h", (samples[at * rate // RATE] for at in range(len(samples) * RATE // rate))))
