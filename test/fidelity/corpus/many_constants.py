"""Instructions whose arguments take two bytes: where constants are folded, a line may begin inside of one."""
from __future__ import annotations

numbers = [1000, str, 1001, str, 1002, str, 1003, str, 1004, str, 1005, str, 1006, str, 1007, str, 1008, str, 1009, str]
numbers += [1010, str, 1011, str, 1012, str, 1013, str, 1014, str, 1015, str, 1016, str, 1017, str, 1018, str, 1019, str]
numbers += [1020, str, 1021, str, 1022, str, 1023, str, 1024, str, 1025, str, 1026, str, 1027, str, 1028, str, 1029, str]
numbers += [1030, str, 1031, str, 1032, str, 1033, str, 1034, str, 1035, str, 1036, str, 1037, str, 1038, str, 1039, str]
numbers += [1040, str, 1041, str, 1042, str, 1043, str, 1044, str, 1045, str, 1046, str, 1047, str, 1048, str, 1049, str]
numbers += [1050, str, 1051, str, 1052, str, 1053, str, 1054, str, 1055, str, 1056, str, 1057, str, 1058, str, 1059, str]
numbers += [1060, str, 1061, str, 1062, str, 1063, str, 1064, str, 1065, str, 1066, str, 1067, str, 1068, str, 1069, str]
numbers += [1070, str, 1071, str, 1072, str, 1073, str, 1074, str, 1075, str, 1076, str, 1077, str, 1078, str, 1079, str]
numbers += [1080, str, 1081, str, 1082, str, 1083, str, 1084, str, 1085, str, 1086, str, 1087, str, 1088, str, 1089, str]
numbers += [1090, str, 1091, str, 1092, str, 1093, str, 1094, str, 1095, str, 1096, str, 1097, str, 1098, str, 1099, str]
numbers += [1100, str, 1101, str, 1102, str, 1103, str, 1104, str, 1105, str, 1106, str, 1107, str, 1108, str, 1109, str]
numbers += [1110, str, 1111, str, 1112, str, 1113, str, 1114, str, 1115, str, 1116, str, 1117, str, 1118, str, 1119, str]
numbers += [1120, str, 1121, str, 1122, str, 1123, str, 1124, str, 1125, str, 1126, str, 1127, str, 1128, str, 1129, str]
numbers += [1130, str, 1131, str, 1132, str, 1133, str, 1134, str, 1135, str, 1136, str, 1137, str, 1138, str, 1139, str]
numbers += [1140, str, 1141, str, 1142, str, 1143, str, 1144, str, 1145, str, 1146, str, 1147, str, 1148, str, 1149, str]
numbers += [1150, str, 1151, str, 1152, str, 1153, str, 1154, str, 1155, str, 1156, str, 1157, str, 1158, str, 1159, str]
numbers += [1160, str, 1161, str, 1162, str, 1163, str, 1164, str, 1165, str, 1166, str, 1167, str, 1168, str, 1169, str]
numbers += [1170, str, 1171, str, 1172, str, 1173, str, 1174, str, 1175, str, 1176, str, 1177, str, 1178, str, 1179, str]
numbers += [1180, str, 1181, str, 1182, str, 1183, str, 1184, str, 1185, str, 1186, str, 1187, str, 1188, str, 1189, str]
numbers += [1190, str, 1191, str, 1192, str, 1193, str, 1194, str, 1195, str, 1196, str, 1197, str, 1198, str, 1199, str]
numbers += [1200, str, 1201, str, 1202, str, 1203, str, 1204, str, 1205, str, 1206, str, 1207, str, 1208, str, 1209, str]
numbers += [1210, str, 1211, str, 1212, str, 1213, str, 1214, str, 1215, str, 1216, str, 1217, str, 1218, str, 1219, str]
numbers += [1220, str, 1221, str, 1222, str, 1223, str, 1224, str, 1225, str, 1226, str, 1227, str, 1228, str, 1229, str]
numbers += [1230, str, 1231, str, 1232, str, 1233, str, 1234, str, 1235, str, 1236, str, 1237, str, 1238, str, 1239, str]
numbers += [1240, str, 1241, str, 1242, str, 1243, str, 1244, str, 1245, str, 1246, str, 1247, str, 1248, str, 1249, str]
numbers += [1250, str, 1251, str, 1252, str, 1253, str, 1254, str, 1255, str, 1256, str, 1257, str, 1258, str, 1259, str]
numbers += [1260, str, 1261, str, 1262, str, 1263, str, 1264, str, 1265, str, 1266, str, 1267, str, 1268, str, 1269, str]
numbers += [1270, str, 1271, str, 1272, str, 1273, str, 1274, str, 1275, str, 1276, str, 1277, str, 1278, str, 1279, str]


def first(
    a: int = None,
    b: int = None,
    c: int = None,
    d: int = None,
) -> int:
    return a


def second(
    a: int = 'one',
    b: int = 'two',
    c: int = 'three',
    d: int = None,
    e: int = 'five',
) -> int:
    return e


found = first(), second()


def functions():
    values = [1010, str, 1011, str, 1012, str, 1013, str, 1014, str, 1015, str, 1016, str, 1017, str, 1018, str, 1019, str]
    values = [1020, str, 1021, str, 1022, str, 1023, str, 1024, str, 1025, str, 1026, str, 1027, str, 1028, str, 1029, str]
    values = [1030, str, 1031, str, 1032, str, 1033, str, 1034, str, 1035, str, 1036, str, 1037, str, 1038, str, 1039, str]
    values = [1040, str, 1041, str, 1042, str, 1043, str, 1044, str, 1045, str, 1046, str, 1047, str, 1048, str, 1049, str]
    values = [1050, str, 1051, str, 1052, str, 1053, str, 1054, str, 1055, str, 1056, str, 1057, str, 1058, str, 1059, str]
    values = [1060, str, 1061, str, 1062, str, 1063, str, 1064, str, 1065, str, 1066, str, 1067, str, 1068, str, 1069, str]
    values = [1070, str, 1071, str, 1072, str, 1073, str, 1074, str, 1075, str, 1076, str, 1077, str, 1078, str, 1079, str]
    values = [1080, str, 1081, str, 1082, str, 1083, str, 1084, str, 1085, str, 1086, str, 1087, str, 1088, str, 1089, str]
    values = [1090, str, 1091, str, 1092, str, 1093, str, 1094, str, 1095, str, 1096, str, 1097, str, 1098, str, 1099, str]
    values = [1100, str, 1101, str, 1102, str, 1103, str, 1104, str, 1105, str, 1106, str, 1107, str, 1108, str, 1109, str]
    values = [1110, str, 1111, str, 1112, str, 1113, str, 1114, str, 1115, str, 1116, str, 1117, str, 1118, str, 1119, str]
    values = [1120, str, 1121, str, 1122, str, 1123, str, 1124, str, 1125, str, 1126, str, 1127, str, 1128, str, 1129, str]
    values = [1130, str, 1131, str, 1132, str, 1133, str, 1134, str, 1135, str, 1136, str, 1137, str, 1138, str, 1139, str]
    values = [1140, str, 1141, str, 1142, str, 1143, str, 1144, str, 1145, str, 1146, str, 1147, str, 1148, str, 1149, str]
    values = [1150, str, 1151, str, 1152, str, 1153, str, 1154, str, 1155, str, 1156, str, 1157, str, 1158, str, 1159, str]
    values = [1160, str, 1161, str, 1162, str, 1163, str, 1164, str, 1165, str, 1166, str, 1167, str, 1168, str, 1169, str]
    values = [1170, str, 1171, str, 1172, str, 1173, str, 1174, str, 1175, str, 1176, str, 1177, str, 1178, str, 1179, str]
    values = [1180, str, 1181, str, 1182, str, 1183, str, 1184, str, 1185, str, 1186, str, 1187, str, 1188, str, 1189, str]
    values = [1190, str, 1191, str, 1192, str, 1193, str, 1194, str, 1195, str, 1196, str, 1197, str, 1198, str, 1199, str]
    values = [1200, str, 1201, str, 1202, str, 1203, str, 1204, str, 1205, str, 1206, str, 1207, str, 1208, str, 1209, str]
    values = [1210, str, 1211, str, 1212, str, 1213, str, 1214, str, 1215, str, 1216, str, 1217, str, 1218, str, 1219, str]
    values = [1220, str, 1221, str, 1222, str, 1223, str, 1224, str, 1225, str, 1226, str, 1227, str, 1228, str, 1229, str]
    values = [1230, str, 1231, str, 1232, str, 1233, str, 1234, str, 1235, str, 1236, str, 1237, str, 1238, str, 1239, str]
    values = [1240, str, 1241, str, 1242, str, 1243, str, 1244, str, 1245, str, 1246, str, 1247, str, 1248, str, 1249, str]
    values = [1250, str, 1251, str, 1252, str, 1253, str, 1254, str, 1255, str, 1256, str, 1257, str, 1258, str, 1259, str]
    values = [1260, str, 1261, str, 1262, str, 1263, str, 1264, str, 1265, str, 1266, str, 1267, str, 1268, str, 1269, str]
    values = [1270, str, 1271, str, 1272, str, 1273, str, 1274, str, 1275, str, 1276, str, 1277, str, 1278, str, 1279, str]

    def inner(
        a: int = None,
        b: int = None,
        c: int = None,
        d: int = None,
    ) -> int:
        return a, values

    after = inner
    return after()


print(found, len(functions()), len(numbers))
