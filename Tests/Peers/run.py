"""One interleaved run of Glissade and its peers: agreement first, then medians and ratios."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

# One thread for everybody, before any library looks.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np

import bundles
import functions
import kinds
import peers
import workloads

TOLERANCE = 1e-12
STEPS = {"numpy": 500, "jax": 20000, "torch": 300, "autograd": 200, "scikit-learn": 500}


def glissade(binary, *arguments):
    """Runs the command and returns its JSON."""
    done = subprocess.run([binary, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{binary} {' '.join(arguments)}\nexit {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def bench(binary, name, threads=1):
    """The value of one row of `glissade bench`."""
    rows = glissade(binary, "bench", "--json", "--only", name, "--threads", str(threads), "--seconds", "0.5")["rows"]
    return {row["name"]: row["value"] for row in rows}


def agree(binary, work, path, rivals):
    """Every peer's parameters after 50 steps against Glissade's."""
    ours = np.array(glissade(binary, "run", path, "--steps", "50", "--json")["parameters"])
    for kind in rivals:
        if not getattr(kind, "compared", True):
            continue
        theirs = kind(work).steps(50)
        error = np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs)))
        if not error <= TOLERANCE:
            sys.exit(f"{work.name}: glissade and {kind.name} differ by {error:.1e} after 50 steps")
        print(f"  {work.name:10s} {kind.name:13s} agrees to {error:.1e}")


def trainings(binary, wanted, rounds, report):
    works = [(w, [kinds.Jax]) for w in kinds.kinds() if not wanted or w.name in wanted]
    dense = {"xor", "batch-10", "full-500", "digits"}
    if not wanted or dense & set(wanted):
        works += [(w, peers.ALL) for w in workloads.trainings() if not wanted or w.name in wanted]
    if not works:
        return
    print("Agreement after 50 steps")
    with tempfile.TemporaryDirectory() as folder:
        timed = []
        for work, rivals in works:
            path = os.path.join(folder, f"{work.name}.yaml")
            with open(path, "w") as file:
                file.write(work.preset())
            agree(binary, work, path, rivals)
            timed.append((work, path, [kind(work) for kind in rivals]))
        print("\nSteps per second (medians of", rounds, "rounds), and how many times faster Glissade is")
        for work, path, others in timed:
            figures = {}
            for _ in range(rounds):
                row = glissade(binary, "bench", "--json", "--preset", path, "--seconds", "0.5")["rows"][0]
                figures.setdefault("glissade", []).append(row["value"])
                for peer in others:
                    k = STEPS[peer.name] if work.name in ("xor", "batch-10", "recurrent") or peer.name != "jax" else 2000
                    peer.time(k) if not figures.get(peer.name) else None
                    figures.setdefault(peer.name, []).append(k / peer.time(k))
            compare(work.name, figures, report)


def compare(name, figures, report):
    """Prints a line a peer."""
    medians = {peer: statistics.median(values) for peer, values in figures.items()}
    ours = medians["glissade"]
    print(f"  {name:24s} glissade {ours:14,.0f}")
    for peer, value in medians.items():
        if peer != "glissade":
            print(f"  {'':24s} {peer:13s}{value:10,.0f}   {ours / value:10.2f}×")
    report[name] = medians


def others(binary, wanted, rounds, report):
    """Elementary functions, products, descents, formulas."""
    jobs = {}
    for name in ("exp", "tanh", "sin", "log"):
        jobs[name] = (f"elementary.{name}", 1, {"numpy": lambda name=name: functions.numpy_elementary(name)})
    for m, n, k in ((64, 32, 32), (64, 64, 64), (256, 64, 64), (512, 32, 32), (512, 64, 64), (512, 128, 128)):
        key = f"gemm.{m}x{n}x{k}"
        jobs[key] = (key, 1, {"openblas": lambda s=(m, n, k): functions.openblas_gemm(*s)})
    jobs["formula"] = (
        "formula.engine", 1,
        {"jax": functions.jax_value_and_slope, "autograd": functions.autograd_value_and_slope})
    for lanes in (1, 8, 64):
        jobs[f"descent.{lanes}"] = (f"descent.{lanes}", 1, {"jax": lambda lanes=lanes: functions.jax_descent(lanes)})
    jobs["map"] = ("map.xsin", 1, {"jax": functions.jax_map})
    jobs["map.threaded"] = ("map.xsin.threaded", 2, {"jax": functions.jax_map_on_all_threads})
    for name, (row, threads, rivals) in jobs.items():
        if wanted and name not in wanted and name.split(".")[0] not in wanted:
            continue
        if threads > len(os.sched_getaffinity(0)):
            print(f"  {name:24s} needs {threads} processors, and this process may use fewer")
            continue
        figures = {}
        for _ in range(rounds):
            figures.setdefault("glissade", []).append(bench(binary, row, threads)[row])
            for peer, action in rivals.items():
                figures.setdefault(peer, []).append(action())
        compare(name, figures, report)


def many(binary, wanted, rounds, report):
    """Runs side by side."""
    for name, make in bundles.peers().items():
        row = f"bundle.{name}"
        if wanted and row not in wanted and "bundle" not in wanted:
            continue
        measure = make()
        figures = {}
        for _ in range(rounds):
            figures.setdefault("glissade", []).append(bench(binary, row)[row])
            figures.setdefault("jax", []).append(measure())
        compare(row, figures, report)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--glissade", default="../../.build/release/glissade")
    parser.add_argument("--only", default="", help="comma-separated names")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", help="keep the figures here")
    options = parser.parse_args()
    wanted = [name for name in options.only.split(",") if name]
    report = {}
    trainings(options.glissade, wanted, options.rounds, report)
    others(options.glissade, wanted, options.rounds, report)
    if not wanted or any(name.split(".")[0] == "bundle" for name in wanted):
        many(options.glissade, wanted, options.rounds, report)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
