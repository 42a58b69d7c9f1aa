"""Looks for words in texts with pyahocorasick, as words.c does with Hyperscan.

    words_peer.py TEXTS WORDS PASSES
"""

import json
import sys
import time
from pathlib import Path

import ahocorasick


def pieces(path):
    return Path(path).read_bytes().decode().split("\0")[:-1]


def main():
    texts, words, passes = pieces(sys.argv[1]), pieces(sys.argv[2]), int(sys.argv[3])
    began = time.thread_time()
    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for word in words:
        automaton.add_word(word)
    automaton.make_automaton()
    build = time.thread_time() - began
    seconds = []
    for _ in range(passes + 1):
        began = time.thread_time()
        hits = sum(1 for text in texts for _ in automaton.iter(text))
        seconds.append(time.thread_time() - began)
    print(json.dumps({"build": build, "hits": hits, "words": len(words), "scan": seconds[1:]}))


main()
