# A function with more than 256 variables, and lines that are far apart.
def huge(n):
    v0 = [n, n]
    v1 = n + 1
    v2 = n + 2
    v3 = n + 3
    v4 = n + 4
    v5 = n + 5
    v6 = n + 6
    v7 = [n, v6]
    v8 = n + 8
    v9 = n + 9
    v10 = n + 10
    v11 = n + 11
    v12 = n + 12
    v13 = n + 13
    v14 = [n, v13]
    v15 = n + 15
    v16 = n + 16
    v17 = n + 17
    v18 = n + 18
    v19 = n + 19
    v20 = n + 20
    v21 = [n, v20]
    v22 = n + 22
    v23 = n + 23
    v24 = n + 24
    v25 = n + 25
    v26 = n + 26
    v27 = n + 27
    v28 = [n, v27]
    v29 = n + 29
    v30 = n + 30
    v31 = n + 31
    v32 = n + 32
    v33 = n + 33
    v34 = n + 34
    v35 = [n, v34]
    v36 = n + 36
    v37 = n + 37
    v38 = n + 38
    v39 = n + 39
    v40 = n + 40
    v41 = n + 41
    v42 = [n, v41]
    v43 = n + 43
    v44 = n + 44
    v45 = n + 45
    v46 = n + 46
    v47 = n + 47
    v48 = n + 48
    v49 = [n, v48]
    v50 = n + 50
    v51 = n + 51
    v52 = n + 52
    v53 = n + 53
    v54 = n + 54
    v55 = n + 55
    v56 = [n, v55]
    v57 = n + 57
    v58 = n + 58
    v59 = n + 59
    v60 = n + 60
    v61 = n + 61
    v62 = n + 62
    v63 = [n, v62]
    v64 = n + 64
    v65 = n + 65
    v66 = n + 66
    v67 = n + 67
    v68 = n + 68
    v69 = n + 69
    v70 = [n, v69]
    v71 = n + 71
    v72 = n + 72
    v73 = n + 73
    v74 = n + 74
    v75 = n + 75
    v76 = n + 76
    v77 = [n, v76]
    v78 = n + 78
    v79 = n + 79
    v80 = n + 80
    v81 = n + 81
    v82 = n + 82
    v83 = n + 83
    v84 = [n, v83]
    v85 = n + 85
    v86 = n + 86
    v87 = n + 87
    v88 = n + 88
    v89 = n + 89
    v90 = n + 90
    v91 = [n, v90]
    v92 = n + 92
    v93 = n + 93
    v94 = n + 94
    v95 = n + 95
    v96 = n + 96
    v97 = n + 97
    v98 = [n, v97]
    v99 = n + 99
    v100 = n + 100
    v101 = n + 101
    v102 = n + 102
    v103 = n + 103
    v104 = n + 104
    v105 = [n, v104]
    v106 = n + 106
    v107 = n + 107
    v108 = n + 108
    v109 = n + 109
    v110 = n + 110
    v111 = n + 111
    v112 = [n, v111]
    v113 = n + 113
    v114 = n + 114
    v115 = n + 115
    v116 = n + 116
    v117 = n + 117
    v118 = n + 118
    v119 = [n, v118]
    v120 = n + 120
    v121 = n + 121
    v122 = n + 122
    v123 = n + 123
    v124 = n + 124
    v125 = n + 125
    v126 = [n, v125]
    v127 = n + 127
    v128 = n + 128
    v129 = n + 129
    v130 = n + 130
    v131 = n + 131
    v132 = n + 132
    v133 = [n, v132]
    v134 = n + 134
    v135 = n + 135
    v136 = n + 136
    v137 = n + 137
    v138 = n + 138
    v139 = n + 139
    v140 = [n, v139]
    v141 = n + 141
    v142 = n + 142
    v143 = n + 143
    v144 = n + 144
    v145 = n + 145
    v146 = n + 146
    v147 = [n, v146]
    v148 = n + 148
    v149 = n + 149
    v150 = n + 150
    v151 = n + 151
    v152 = n + 152
    v153 = n + 153
    v154 = [n, v153]
    v155 = n + 155
    v156 = n + 156
    v157 = n + 157
    v158 = n + 158
    v159 = n + 159
    v160 = n + 160
    v161 = [n, v160]
    v162 = n + 162
    v163 = n + 163
    v164 = n + 164
    v165 = n + 165
    v166 = n + 166
    v167 = n + 167
    v168 = [n, v167]
    v169 = n + 169
    v170 = n + 170
    v171 = n + 171
    v172 = n + 172
    v173 = n + 173
    v174 = n + 174
    v175 = [n, v174]
    v176 = n + 176
    v177 = n + 177
    v178 = n + 178
    v179 = n + 179
    v180 = n + 180
    v181 = n + 181
    v182 = [n, v181]
    v183 = n + 183
    v184 = n + 184
    v185 = n + 185
    v186 = n + 186
    v187 = n + 187
    v188 = n + 188
    v189 = [n, v188]
    v190 = n + 190
    v191 = n + 191
    v192 = n + 192
    v193 = n + 193
    v194 = n + 194
    v195 = n + 195
    v196 = [n, v195]
    v197 = n + 197
    v198 = n + 198
    v199 = n + 199
    v200 = n + 200
    v201 = n + 201
    v202 = n + 202
    v203 = [n, v202]
    v204 = n + 204
    v205 = n + 205
    v206 = n + 206
    v207 = n + 207
    v208 = n + 208
    v209 = n + 209
    v210 = [n, v209]
    v211 = n + 211
    v212 = n + 212
    v213 = n + 213
    v214 = n + 214
    v215 = n + 215
    v216 = n + 216
    v217 = [n, v216]
    v218 = n + 218
    v219 = n + 219
    v220 = n + 220
    v221 = n + 221
    v222 = n + 222
    v223 = n + 223
    v224 = [n, v223]
    v225 = n + 225
    v226 = n + 226
    v227 = n + 227
    v228 = n + 228
    v229 = n + 229
    v230 = n + 230
    v231 = [n, v230]
    v232 = n + 232
    v233 = n + 233
    v234 = n + 234
    v235 = n + 235
    v236 = n + 236
    v237 = n + 237
    v238 = [n, v237]
    v239 = n + 239
    v240 = n + 240
    v241 = n + 241
    v242 = n + 242
    v243 = n + 243
    v244 = n + 244
    v245 = [n, v244]
    v246 = n + 246
    v247 = n + 247
    v248 = n + 248
    v249 = n + 249
    v250 = n + 250
    v251 = n + 251
    v252 = [n, v251]
    v253 = n + 253
    v254 = n + 254
    v255 = n + 255
    v256 = n + 256
    v257 = n + 257
    v258 = n + 258
    v259 = [n, v258]
    v260 = n + 260
    v261 = n + 261
    v262 = n + 262
    v263 = n + 263
    v264 = n + 264
    v265 = n + 265
    v266 = [n, v265]
    v267 = n + 267
    v268 = n + 268
    v269 = n + 269
    v270 = n + 270
    v271 = n + 271
    v272 = n + 272
    v273 = [n, v272]
    v274 = n + 274
    v275 = n + 275
    v276 = n + 276
    v277 = n + 277
    v278 = n + 278
    v279 = n + 279
    v279 = 'last'
    v0.append(v255)
    v256, v257 = v257, v256
    del v100, v270
    def inner():
        return v260, v3
    v260 = [v259]
    for v278 in range(2):
        v266.append(v278)
    return inner(), v266


def far(n):
    if n:
        result = [n]
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    # nothing here
    else:
        result = []
    while n:
        n -= 1












































































































































        result.append(n)
    return result


first = huge(3)
second = far(2)
third = far(0)
