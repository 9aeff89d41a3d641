"""A list that grows by random numbers and is shuffled again and again.

The shuffling happens in place, inside the standard library: nothing in this file says where the numbers went.
Under Execorder you can step back over it, and see every order that the list ever had.
"""

import random

random.seed(7)

numbers = []
for turn in range(1, 5):
    numbers.append(random.randint(10, 99))
    numbers.insert(0, random.randint(10, 99))
    random.shuffle(numbers)
    print(f"turn {turn}: {numbers}")

print("done")
