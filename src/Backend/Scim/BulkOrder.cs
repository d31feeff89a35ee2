namespace ScimOperator.Backend.Scim;

/// <summary>
/// The order in which the operations of a bulk request can be carried out: what is referred to comes first, otherwise as
/// given. Operations that refer to each other in a circle stand together (Tarjan's strongly connected components).
/// </summary>
/// <param name="references">For each operation, the operations it refers to.</param>
internal sealed class BulkOrder(IReadOnlyList<IReadOnlyList<int>> references)
{
    private readonly int[] index = new int[references.Count];
    private readonly int[] low = new int[references.Count];
    private readonly bool[] open = new bool[references.Count];
    private readonly Stack<int> path = new();
    private readonly List<IReadOnlyList<int>> units = [];
    private int next = 1;

    /// <summary>Positions of operations; each list is carried out as a whole, in the order given.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<IReadOnlyList<int>> references)
    {
        var order = new BulkOrder(references);
        for (var i = 0; i < references.Count; i++)
        {
            if (order.index[i] == 0)
            {
                order.Visit(i);
            }
        }

        return order.units;
    }

    // As deep as there are operations at most, which BulkRequest bounds.
    private void Visit(int at)
    {
        index[at] = low[at] = next++;
        path.Push(at);
        open[at] = true;
        foreach (var to in references[at])
        {
            if (index[to] == 0)
            {
                Visit(to);
                low[at] = Math.Min(low[at], low[to]);
            }
            else if (open[to])
            {
                low[at] = Math.Min(low[at], index[to]);
            }
        }

        if (low[at] == index[at])
        {
            Close(at);
        }
    }

    private void Close(int first)
    {
        var unit = new List<int>();
        int member;
        do
        {
            member = path.Pop();
            open[member] = false;
            unit.Add(member);
        }
        while (member != first);
        unit.Sort();
        units.Add(unit);
    }
}
