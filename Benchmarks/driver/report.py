"""Tables for people, and the same as JSON."""

import json
import statistics


def print_case(case, results):
    variants = results.variants(case.name)
    if not variants:
        return
    value = results.whole if case.whole else results.per_operation
    ours = value(case.name, "ours", "median")
    width = max(len(v) for v in variants)
    print(f"\n{case.name}: {case.title}")
    print(f"  {'':{width}}  {'median':>10}  {'min':>10}  {'x ours':>7}   {case.unit}")
    for variant in variants:
        median = value(case.name, variant, "median")
        best = value(case.name, variant, "min")
        ratio = number(median / ours) if ours else "-"
        print(f"  {variant:{width}}  {number(median / case.scale):>10}  {number(best / case.scale):>10}  {ratio:>7}")


def print_stream(results):
    if results.stream:
        peak, per_item = results.stream
        print("\nstream_10m: lazy input of 10 million items through stream, a process of its own")
        print(f"  peak resident memory {peak / 1e6:.1f} MB; {per_item:.0f} ns/item")


def print_targets(targets, results):
    """Returns whether one of those measured was missed; the median decides."""
    if not targets:
        return False
    width = max(len(t.text) for t in targets)
    print(f"\n{'Targets':{width}}  {'wanted':>10}  {'median':>10}  {'best':>10}")
    missed = False
    for target in targets:
        median, best = target.measure(results, "median"), target.measure(results, "min")
        sign = ">=" if target.at_least else "<="
        wanted = f"{sign} {number(target.limit)} {target.unit}"
        if median is None:
            print(f"{target.text:{width}}  {wanted:>10}  {'-':>10}  {'-':>10}  not measured")
            continue
        verdict = "met" if target.met(median) else "NOT MET"
        if not target.met(median) and target.met(best):
            verdict += " (met by the best samples)"
        missed = missed or not target.met(median)
        print(f"{target.text:{width}}  {wanted:>10}  {number(median):>10}  {number(best):>10}  {verdict}")
    return missed


def print_load(facts, waited):
    if facts["others"] is None:
        print("\nwhat other programs took is unknown on this system")
        return
    print(
        f"\nother programs took {facts['others']} % of the measured processors, the host {facts['stolen']} %; "
        f"waited {waited:.0f} s for quiet"
    )
    if facts["others"] + facts["stolen"] > 10:
        print("NOISY: whatever needs all processors at once is measured too slow; run again on a quiet machine")


def number(value):
    """Three digits that matter, without an exponent."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}" if value >= 1 else f"{value:.2g}" if value < 0.001 else f"{value:.3f}"


def write_json(path, facts, missing, targets, results):
    document = {
        "facts": facts,
        "missing": [{"peer": peer.name, "install": peer.text} for peer in missing],
        "cases": {
            case: {
                variant: {
                    "operations": results.operations[case, variant],
                    "median_ns": statistics.median(values),
                    "min_ns": min(values),
                    "samples_ns": values,
                }
                for variant, values in variants.items()
            }
            for case, variants in results.samples.items()
        },
        "stream": {"peak_bytes": results.stream[0], "ns": results.stream[1]} if results.stream else None,
        "targets": [
            {
                "target": target.text,
                "limit": target.limit,
                "at_least": target.at_least,
                "unit": target.unit,
                "median": target.measure(results, "median"),
                "best": target.measure(results, "min"),
                "met": target.met(target.measure(results, "median")),
            }
            for target in targets
        ],
        "failures": results.failures,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
