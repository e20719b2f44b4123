"""Problems whose KKT points and multipliers are known exactly.

The numbers "HS" are those of Hock and Schittkowski, Test Examples for Nonlinear Programming Codes
(1981); the book was not at hand, so each point and multiplier below was derived anew, and the
tests check it by SymPy, apart from the package. Constraints are in the book's form, g <= 0.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """The lowest KKT point of a problem, exact, and how many KKT points there are."""

    name: str
    f: str
    g: tuple[str, ...] = ()
    h: tuple[str, ...] = ()
    x: tuple[str, ...] = ()
    mu: tuple[str, ...] = ()
    nu: tuple[str, ...] = ()
    count: int = 1
    kind: str = "minimum"
    status: str = "minimum"


ROSENBROCK = "100*(b - a**2)**2 + (1 - a)**2"
CASES = (
    Case("HS1", ROSENBROCK, g=("-1.5 - b",), x=("1", "1"), mu=("0",)),
    Case("HS3", "b + 0.00001*(b - a)**2", g=("-b",), x=("0", "0"), mu=("1",)),
    Case("HS4", "(a + 1)**3/3 + b", g=("1 - a", "-b"), x=("1", "0"), mu=("4", "1")),
    Case("HS6", "(1 - a)**2", h=("10*(b - a**2)",), x=("1", "1"), nu=("0",)),
    Case(
        "HS7",
        "log(1 + a**2) - b",
        h=("(1 + a**2)**2 + b**2 - 4",),
        x=("0", "sqrt(3)"),
        nu=("sqrt(3)/6",),
        count=4,
    ),
    Case(
        "HS8",
        "-1 + 0*a",
        h=("a**2 + b**2 - 25", "a*b - 9"),
        x=("-sqrt((25 + sqrt(301))/2)", "-9/sqrt((25 + sqrt(301))/2)"),
        nu=("0", "0"),
        count=4,
    ),
    Case("HS10", "a - b", g=("3*a**2 - 2*a*b + b**2 - 1",), x=("0", "1"), mu=("1/2",)),
    Case(
        "HS12",
        "a**2/2 + b**2 - a*b - 7*a - 7*b",
        g=("4*a**2 + b**2 - 25",),
        x=("2", "3"),
        mu=("1/2",),
    ),
    Case(
        "HS14",
        "(a - 2)**2 + (b - 1)**2",
        g=("a**2/4 + b**2 - 1",),
        h=("a - 2*b + 1",),
        x=("(sqrt(7) - 1)/2", "(sqrt(7) + 1)/4"),
        mu=("23*sqrt(7)/14 - 5/2",),
        nu=("3/2 + sqrt(7)/28",),
    ),
    Case(
        "HS15",
        ROSENBROCK,
        g=("1 - a*b", "-a - b**2", "a - 0.5"),
        x=("1/2", "2"),
        mu=("700", "0", "1751"),
        count=2,
    ),
    Case(
        "HS16",
        ROSENBROCK,
        g=("-a - b**2", "-a**2 - b", "-0.5 - a", "a - 0.5", "b - 1"),
        x=("1/2", "1/4"),
        mu=("0", "0", "0", "1", "0"),
        count=3,
    ),
    Case(
        "HS17",
        ROSENBROCK,
        g=("a - b**2", "b - a**2", "-0.5 - a", "a - 0.5", "b - 1"),
        x=("0", "0"),
        mu=("2", "0", "0", "0", "0"),
    ),
    Case(
        "HS18",
        "a**2/100 + b**2",
        g=("25 - a*b", "25 - a**2 - b**2", "2 - a", "a - 50", "-b", "b - 50"),
        x=("5*sqrt(10)", "sqrt(10)/2"),
        mu=("1/5", "0", "0", "0", "0", "0"),
    ),
    Case(
        "HS20",
        ROSENBROCK,
        g=("-a - b**2", "-a**2 - b", "1 - a**2 - b**2", "-0.5 - a", "a - 0.5"),
        x=("1/2", "sqrt(3)/2"),
        mu=("0", "0", "100 - 50/sqrt(3)", "0", "51 + 250/sqrt(3)"),
        count=3,
    ),
    Case(
        "HS21",
        "a**2/100 + b**2 - 100",
        g=("10 - 10*a + b", "2 - a", "a - 50", "-50 - b", "b - 50"),
        x=("2", "0"),
        mu=("0", "1/25", "0", "0", "0"),
    ),
    Case(
        "HS22",
        "(a - 2)**2 + (b - 1)**2",
        g=("a + b - 2", "a**2 - b"),
        x=("1", "1"),
        mu=("2/3", "2/3"),
    ),
    Case(
        "HS27",
        "(a - 1)**2/100 + (b - a**2)**2",
        h=("a + c**2 + 1",),
        x=("-1", "1", "0"),
        nu=("1/25",),
    ),
    Case(
        "HS28",
        "(a + b)**2 + (b + c)**2",
        h=("a + 2*b + 3*c - 1",),
        x=("1/2", "-1/2", "1/2"),
        nu=("0",),
    ),
    Case(
        "HS29",
        "-a*b*c",
        g=("a**2 + 2*b**2 + 4*c**2 - 48",),
        x=("4", "2*sqrt(2)", "2"),
        mu=("sqrt(2)/2",),
        count=10,
    ),
    Case(
        "HS35",
        "9 - 8*a - 6*b - 4*c + 2*a**2 + 2*b**2 + c**2 + 2*a*b + 2*a*c",
        g=("a + b + 2*c - 3", "-a", "-b", "-c"),
        x=("4/3", "7/9", "4/9"),
        mu=("2/9", "0", "0", "0"),
    ),
    Case(
        "HS42",
        "(a - 1)**2 + (b - 2)**2 + (c - 3)**2 + (d - 4)**2",
        h=("a - 2", "c**2 + d**2 - 2"),
        x=("2", "2", "3*sqrt(2)/5", "4*sqrt(2)/5"),
        nu=("-2", "5*sqrt(2)/2 - 1"),
        count=2,
    ),
    Case(
        "HS48",
        "(a - 1)**2 + (b - c)**2 + (d - e1)**2",
        h=("a + b + c + d + e1 - 5", "c - 2*(d + e1) + 3"),
        x=("1", "1", "1", "1", "1"),
        nu=("0", "0"),
    ),
    Case(
        "HS76",
        "a**2 + b**2/2 + c**2 + d**2/2 - a*c + c*d - a - 3*b + c - d",
        g=("a + 2*b + c + d - 5", "3*a + b + 2*c - d - 4", "1.5 - b - 4*c", "-a", "-b", "-c", "-d"),
        x=("3/11", "23/11", "0", "6/11"),
        mu=("5/11", "0", "0", "0", "0", "19/11", "0"),
    ),
    Case("line", "a**2 + b**2", h=("a + 2*b - 5",), x=("1", "2"), nu=("-2",)),
    Case(
        "triangle",
        "(a - 2)**2 + (b - 1)**2",
        g=("a + b - 2", "-a", "-b"),
        x=("3/2", "1/2"),
        mu=("1", "0", "0"),
    ),
    Case(
        "hyperbola",
        "a*b",
        h=("a**2 + b**2 - 2",),
        x=("-1", "1"),
        nu=("1/2",),
        count=4,
    ),
    Case(
        "linear program",
        "-a - b",
        g=("a + 2*b - 4", "3*a + b - 6", "-a", "-b"),
        x=("8/5", "6/5"),
        mu=("2/5", "1/5", "0", "0"),
    ),
    Case("one variable", "a**3 - 3*a", g=("a - 2", "-3 - a"), x=("-3",), mu=("0", "24"), count=3),
    Case("norm bound", "(a - 3)**2", g=("a**2 - 4",), x=("2",), mu=("1/2",)),
    Case(
        "two scales",
        "1000000*a**2 + b**2/1000000",
        g=("1 - a", "1000 - b"),
        x=("1", "1000"),
        mu=("2000000", "1/500"),
    ),
    Case("no condition at all", "a**4 - 2*a**2 + b**2", x=("-1", "0"), count=3),
    Case(
        "best at a corner",
        "(a - 3)**2 + (b - 2)**2",
        g=("a - 1", "b - 1"),
        x=("1", "1"),
        mu=("4", "2"),
    ),
    Case(
        "a constraint twice",
        "a + b",
        g=("a**2 + b**2 - 2", "2*a**2 + 2*b**2 - 4"),
        x=("-1", "-1"),
        mu=("1/2", "0"),
    ),
    Case(
        "an equation twice",
        "a**2 + b**2",
        h=("a + b - 2", "3*a + 3*b - 6"),
        x=("1", "1"),
        nu=("-2", "0"),
    ),
    Case(
        "ellipse and point", "(a - 3)**2 + b**2", g=("a**2/4 + b**2 - 1",), x=("2", "0"), mu=("2",)
    ),
)
