"""The little nation as the Census Bureau publishes its county file."""

from tests.factories.mapping import CODES, JOBS, firms

SIZES = "n5_9,n10_19,n20_49,n50_99,n100_249,n250_499,n500_999,n1000,n1000_1,n1000_2,n1000_3,n1000_4"
HEADER = f"fipstate,fipscty,naics,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,n<5,{SIZES}"
REST = ",".join(["N"] * 13)


def row(fips, naics, establishments, employment):
    return (f'"{fips[:2]}","{fips[2:]}","{naics}","G",{employment},"G",1,"G",{employment * 45},'
            f"{establishments},{REST}")  # fmt: skip


def county_lines():
    lines = [HEADER]
    for fips, counts in JOBS.items():
        lines.append(row(fips, "------", sum(map(firms, counts)), sum(counts)))
        for parent in sorted({code[:4] for code in CODES}):
            under = [n for code, n in zip(CODES, counts, strict=True) if code[:4] == parent]
            if sum(under):
                lines.append(row(fips, f"{parent}//", sum(map(firms, under)), sum(under)))
            lines += [
                row(fips, code, firms(count), count)
                for code, count in zip(CODES, counts, strict=True)
                if code[:4] == parent and firms(count) >= 3
            ]
    return lines


def write(folder, lines, name="cbp21co.txt"):
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path
