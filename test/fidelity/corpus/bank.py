# A bank: accounts, transfers that fail, history, interest.
class BankError(Exception):
    pass


class NotEnough(BankError):
    def __init__(self, account, amount):
        super().__init__('%s lacks %d' % (account.owner, amount - account.balance))
        self.account = account
        self.amount = amount


class Account:
    rate = 0.02
    opened = 0

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = [('open', balance)]
        type(self).opened += 1

    def withdraw(self, amount):
        if amount > self.available():
            raise NotEnough(self, amount)
        self.balance -= amount
        self.history.append(('out', amount))

    def available(self):
        return self.balance

    def deposit(self, amount):
        self.balance += amount
        self.history.append(('in', amount))

    def add_interest(self):
        self.deposit(round(self.balance * self.rate))


class Credit(Account):
    opened = 0

    def __init__(self, owner, balance=0, limit=100):
        super().__init__(owner, balance)
        self.limit = limit

    def available(self):
        return super().available() + self.limit


class Bank:
    def __init__(self):
        self.accounts = {}
        self.failures = []

    def open(self, kind, owner, *args, **options):
        self.accounts[owner] = account = kind(owner, *args, **options)
        return account

    def transfer(self, source, target, amount):
        try:
            self.accounts[source].withdraw(amount)
            self.accounts[target].deposit(amount)
        except NotEnough as error:
            self.failures.append(error)
            return False
        except KeyError as error:
            raise BankError('no account') from error
        return True


bank = Bank()
ann = bank.open(Account, 'ann', 100)
bob = bank.open(Credit, 'bob', limit=50)
done = [bank.transfer('ann', 'bob', 70), bank.transfer('ann', 'bob', 70), bank.transfer('bob', 'ann', 110)]
try:
    bank.transfer('ann', 'zoe', 1)
except BankError as error:
    cause = type(error.__cause__).__name__
Account.rate = 0.1
Credit.rate = 0.5
for account in bank.accounts.values():
    account.add_interest()
    print(account.owner, account.balance)
del bank.accounts['ann']
bank.failures[0].account.owner = 'Ann'
