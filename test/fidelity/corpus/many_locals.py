# needs 3.8
# A function with more than 32 variables, written far apart, and one with more than 256.
def wide(n):
    a0 = n; a1 = a0 + 1; a2 = a1 + 1; a3 = a2 + 1; a4 = a3 + 1; a5 = a4 + 1; a6 = a5 + 1; a7 = a6 + 1
    b0 = [a0]; b1 = [b0]; b2 = [b1]; b3 = [b2]; b4 = [b3]; b5 = [b4]; b6 = [b5]; b7 = [b6]
    c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = 0
    d0, d1, d2, d3, d4, d5, d6, d7 = range(8)
    e0 = 'e'; e1 = e0 * 2; e2 = e1 * 2
    for e3 in range(3):
        c7 += e3
        d7, e2 = e2, d7
        b7.append(e3)
    e4 = lambda: e2
    e2 = 'cell past 32'
    e4 = e4()
    del c0, d0, e0
    try:
        c0
    except UnboundLocalError as e5:
        e6 = type(e5).__name__
    return b7, c7, d7


result = wide(5)
names = ['v%d' % i for i in range(300)]
source = 'def huge(n):\n' + ''.join('    %s = n + %d\n' % (name, i) for i, name in enumerate(names))
source += '    return [%s][-1]\n' % ', '.join(names)
exec(source)
result = huge(1)


def very_wide(v0, v1=1, *v2, v3=None, **v4):
    v5 = v6 = v7 = v8 = v9 = v10 = v11 = v12 = v13 = v14 = v15 = v16 = v17 = v18 = v19 = []
    v20, v21, v22, v23, v24, v25, v26, v27, v28, v29, v30, v31, v32, v33, v34, v35 = 'abcdefghijklmnop'
    with open(__file__) as v36:
        v37 = v36.readline()
    for v38, v39 in enumerate(v2): v19.append((v38, v39))
    import os as v40, math as v41
    v42 = [v43 for v43 in v5]
    v44 = {v45: (v46 := v45) for v45 in 'xy'}
    class v47: v48 = 1
    def v49(): return v44
    v49()['z'] = v46
    return v42, v44, v47.v48


result = very_wide(1, 2, 3, 4, v5x=6)
