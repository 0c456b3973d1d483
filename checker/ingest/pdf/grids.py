"""Rules that belong together: grids of horizontal and vertical ones that meet, stacks of ones of equal ends."""

from __future__ import annotations

from collections.abc import Sequence

from .rules import Rule, Rules

TOUCH = 4.0  # points between rules that meet
MOST_PAIRS = 40_000  # of rules on a page; one with more is a drawing
_STACK = 3  # rules
_LONG = 60.0  # points: rules of a stack
_APART = 160.0  # points: rules of a stack are no farther from each other

Grid = tuple[list[Rule], list[Rule]]


def grids(rules: Rules) -> list[Grid]:
    """Horizontal rules from top to bottom with the vertical ones, from left to right, that they meet."""
    across, down = rules.across, rules.down
    if len(across) < 2 or len(across) * max(len(down), 1) > MOST_PAIRS:
        return []
    sets = _Sets(len(across))
    own = []
    for rule in down:
        met = [i for i, a in enumerate(across) if _meet(a, rule)]
        for i in met[1:]:
            sets.join(met[0], i)
        own.append(met[0] if met else None)
    found: list[Grid] = []
    for root in dict.fromkeys(map(sets.root, range(len(across)))):
        inside = [a for i, a in enumerate(across) if sets.root(i) == root]
        beside = [d for i, d in zip(own, down, strict=True) if i is not None and sets.root(i) == root]
        if len(inside) >= 2 and len(beside) >= 2:
            found.append((inside, beside))
    taken = {id(a) for inside, _ in found for a in inside}
    return found + stacks([a for a in across if id(a) not in taken])


def _meet(across: Rule, down: Rule) -> bool:
    return down.start - TOUCH <= across.at <= down.end + TOUCH and across.start - TOUCH <= down.at <= across.end + TOUCH


def stacks(across: Sequence[Rule]) -> list[Grid]:
    """Horizontal rules of equal ends, not far from each other, with no vertical ones."""
    found: list[list[Rule]] = []
    for rule in across:
        if rule.end - rule.start < _LONG:
            continue
        for stack in found:
            last = stack[-1]
            if abs(last.start - rule.start) < 6 and abs(last.end - rule.end) < 6 and rule.at - last.at < _APART:
                stack.append(rule)
                break
        else:
            found.append([rule])
    return [(stack, []) for stack in found if len(stack) >= _STACK]


class _Sets:
    """Numbers in sets that can be joined."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, i: int) -> int:
        """The number that stands for the set of a number."""
        while self._above[i] != i:
            self._above[i] = self._above[self._above[i]]
            i = self._above[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make one set of those of two numbers."""
        self._above[self.root(j)] = self.root(i)
