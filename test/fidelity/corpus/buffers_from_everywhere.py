import array
import ctypes
import io
import struct

ba = bytearray(b'0123456789')
mv = memoryview(ba)
mv[2:4] = b'XY'
sub = mv[4:8]
sub[0] = 65
cast = mv[:8].cast('H')
cast[1] = 0x4142
struct.pack_into('<HB', ba, 0, 1, 2)
struct.pack_into('>q', sub[:8].obj, 1, -2)
rev = mv[::-1]
rev[0] = 33
io.BytesIO(b'abcdef').readinto(sub)
n = io.BytesIO(b'zz').readinto(memoryview(ba)[3:5])
io.BytesIO(b'pq').readinto1(mv[6:])
arr = array.array('d', [1.0, -0.0, float('nan'), float('inf')])
am = memoryview(arr)
am[0] = 2.5
arr_bytes = am.cast('B')
arr_bytes[8:16] = struct.pack('d', 7.0)
am.release()
arr_bytes.release()
arr.append(1)
arr.byteswap()
arr.byteswap()
arr.extend([2, 3])
arr[1:3] = array.array('d', [9])
arr *= 2
arr.insert(0, 0)
del arr[::2]
arr.frombytes(struct.pack('2d', 1, 2))
arr.fromlist([4.0])
arr.reverse()
arr.pop(0)
two = memoryview(bytearray(6)).cast('B', (2, 3))
two[1, 2] = 9
lst = two.tolist()
holder = two.obj
buf = (ctypes.c_char * 4).from_buffer(ba, 2)
buf[0] = b'c'
ctypes.memset(buf, 0x2e, 2)
buf.raw = b'RAWW'
ints = (ctypes.c_int32 * 2).from_buffer(arr)
ints[0] = 77
i32 = ctypes.c_int32.from_buffer(ba)
i32.value = -1
i32.value += 5


class St(ctypes.Structure):
    _fields_ = [('a', ctypes.c_uint8), ('b', ctypes.c_uint16)]


st = St.from_buffer(ba, 4)
st.a = 255
st.b = 0x3031
ctypes.memmove(ctypes.addressof(i32), b'move', 4)
st.extra = [1]
del st, i32, buf, ints
import gc
gc.collect()
mv.release() if False else None
sub.release()
cast.release()
rev.release()
mv.release()
ba.extend(b'tail')
ba += b'x'
ba *= 2
del ba[::3]
ba.insert(1, 250)
ba[2:4] = b''
ba.pop()
ba.remove(250)
ba.reverse()
up = ba.upper()
tr = ba.translate(None, b'0')
ba.clear()
ba[:] = b'again'
f = io.BytesIO()
f.write(ba)
with f.getbuffer() as view:
    view[0] = 90
    inside = bytes(view)
ba[0:2] = f.getvalue()[:1]


class Sub(bytearray):
    def __init__(self, *a):
        super().__init__(*a)
        self.name = ['n']


s = Sub(b'abc')
s[0] = 1
s.name.append(s)
with memoryview(s) as m:
    m[1:] = b'yz'
s += b'q'
import mmap
mm = mmap.mmap(-1, 16)
mm[0:3] = b'mem'
mm.readinto if False else None
ba[:3] = mm[:3]
struct.pack_into('H', mm, 4, 500)
got = struct.unpack_from('H', mm, 4)
mm.close()
import codecs
dec = codecs.getincrementaldecoder('utf-8')()
t = dec.decode(b'\xe2\x82') + dec.decode(bytearray(b'\xac'))
h = __import__('hashlib').md5(ba).hexdigest()
import zlib
z = zlib.compress(ba)
b2 = bytearray(zlib.decompress(z))
b2[0] = 0
big = bytearray(300)
big[100:200] = bytes(range(100))
big[250] = 1
