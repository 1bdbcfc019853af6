"""Check a license file offline: python3 verify.py FILE PUBLIC_KEYS [MACHINE]"""

import base64
import hashlib
import json
import re
import sys
from datetime import datetime, timezone

# Ed25519 by the steps of RFC 8032, section 5.1.7. It only verifies, so it holds no secret and need
# not run in constant time. With the package `cryptography` at hand, use that instead.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - x2) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def point(encoded):
    if len(encoded) != 32:
        return None
    y = int.from_bytes(encoded, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, p):
    q = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            q = add(q, p)
        p = add(p, p)
        scalar >>= 1
    return q


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signature_fits(public_key, message, signature):
    if len(signature) != 64:
        return False
    a, r = point(public_key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    h = int.from_bytes(digest, "little") % L
    return same(times(s, BASE), add(r, times(h, a)))


class Refused(Exception):
    """The file is not good here and now; the message says why."""


def verify_license(file, keys, machine=None, now=None):
    """What a license file says, as a dict. Raises Refused."""
    try:
        envelope = json.loads(base64.b64decode(re.sub(r"-----[A-Z ]+-----|\s", "", file), validate=True))
        payload = base64.b64decode(envelope["payload"], validate=True)
        signature = base64.b64decode(envelope["signature"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("This is no license file.") from error
    known = {key["kid"]: base64.b64decode(key["public_key"]) for key in keys}
    kid = envelope.get("kid")
    if envelope.get("alg") != "Ed25519" or kid not in known:
        raise Refused(f"No public key is called {kid}.")
    if not signature_fits(known[kid], payload, signature):
        raise Refused("The signature does not fit: the file was changed.")
    said = json.loads(payload)
    if said["kid"] != kid:
        raise Refused("The file names two keys: it was changed.")
    if said["expires_at"] is not None:
        end = datetime.fromisoformat(said["expires_at"].replace("Z", "+00:00"))
        if end <= (now or datetime.now(timezone.utc)):
            raise Refused(f"The license file expired at {said['expires_at']}.")
    if said["machine"] is not None and said["machine"] != machine:
        raise Refused("The license file is for another machine.")
    return said


def main(file, keys, machine=None):
    with open(file, encoding="utf-8") as text, open(keys, encoding="utf-8") as known:
        try:
            said = verify_license(text.read(), json.load(known)["keys"], machine)
        except Refused as refusal:
            print(refusal, file=sys.stderr)
            return 1
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
