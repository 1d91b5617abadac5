#!/usr/bin/env python3
"""Times a command against a yardstick in the same run, as docs/performance.md asks.

Usage: tools/ratio.py [--runs N] [--before COMMAND] --yardstick COMMAND --subject COMMAND

The two commands alternate, so that whatever else the machine does falls on both; `--before` runs untimed before each
(to empty a folder, say). Commands go through bash. Prints one JSON document: minimum and median of each in
milliseconds, and the ratio of the medians. A command that fails ends the measurement: a figure of a failed run is no
figure.
"""
import argparse
import json
import statistics
import subprocess
import sys
import time


def timed(command, before):
    if before:
        run(before)
    start = time.monotonic()
    run(command)
    return (time.monotonic() - start) * 1000


def run(command):
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"ratio.py: '{command}' ended with {done.returncode}: {done.stderr.strip()[-500:]}")


def summary(times):
    return {"medianMs": round(statistics.median(times), 1), "minMs": round(min(times), 1), "runs": len(times)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--before", default="")
    parser.add_argument("--yardstick", required=True)
    parser.add_argument("--subject", required=True)
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs is at least 1")
    yardstick, subject = [], []
    for number in range(arguments.runs):
        # Who goes first alternates too.
        pair = [(arguments.yardstick, yardstick), (arguments.subject, subject)]
        for command, times in pair if number % 2 == 0 else reversed(pair):
            times.append(timed(command, arguments.before))
    result = {"yardstick": summary(yardstick), "subject": summary(subject),
              "ratio": round(statistics.median(subject) / statistics.median(yardstick), 3)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
