# Random numbers, drawn by the standard library into lists of ours.
import random

random.seed(7)
x = []
for i in range(5):
    x.append(random.randrange(100))
    random.shuffle(x)
pick = random.choice(x)
some = random.sample(x, 3)
random.shuffle(some)
deck = [(suit, n) for suit in 'ab' for n in range(3)]
rng = random.Random(3)
rng.shuffle(deck)
hands = [[], []]
while deck:
    for hand in hands:
        hand.append(deck.pop())
heavy = random.choices('xyz', weights=[1, 2, 3], k=4)
