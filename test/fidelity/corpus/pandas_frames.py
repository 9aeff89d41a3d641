"""pandas: frames and series show what their arrays hold."""
# needs pandas
# needs 3.12
import pandas as pd

frame = pd.DataFrame({'name': ['Ann', 'Bob', 'Cleo'], 'age': [30, 40, 50], 'height': [1.7, 1.8, 1.6]})
alias = frame
frame['age'] = frame['age'] + 1
frame.loc[1, 'height'] = 2.0
frame.iloc[0, 0] = 'Anna'
frame['old'] = frame['age'] > 35
row = frame.iloc[1]
ages = frame['age']
total = int(ages.sum())
series = pd.Series([1.0, 2.0, 3.0], index=list('abc'), name='numbers')
series['b'] = 20.0
series += 1
frame.drop(columns=['old'], inplace=True)
frame.sort_values('height', inplace=True)
frame.at[2, 'age'] = 99
groups = frame.groupby('name')['age'].sum()
done = len(groups)
