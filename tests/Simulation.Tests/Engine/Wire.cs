namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>
/// Between the operator and the servers: every call passes here, and here it is delayed, refused, cut, or outlives its process.
/// </summary>
internal sealed class Wire(Scheduler scheduler, FaultPlan faults, EventLog log, OperatorProcess process, FaultPlan.Side side, Func<Fault, string, Exception> error)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Carries out a call. <paramref name="commit"/> is its effect, at one instant; null says that the answer is to be thinned.</summary>
    internal async Task<T> CallAsync<T>(string name, bool writes, bool lists, Func<Fault, T> commit, CancellationToken cancellationToken)
    {
        await process.LiveAsync();
        var fault = faults.Draw(side, writes, lists, mayCrash: true, scheduler.Time.GetUtcNow());
        if (fault != Fault.None)
        {
            log.Add($"{process.Name} {name}: {fault}");
        }

        log.Trace($"{process.Name} {name} ...");
        await scheduler.PassAsync(fault == Fault.Slow ? faults.Between(1, 8) : faults.Latency(), cancellationToken);
        if (!process.IsAlive || fault == Fault.CrashBefore)
        {
            process.End();
            Outlive(name, writes, commit);
            await process.LiveAsync();
        }

        if (fault is Fault.Fail or Fault.Busy or Fault.Conflict)
        {
            throw error(fault, name);
        }

        if (fault == Fault.LateCommit)
        {
            scheduler.After(CallTimeout + faults.Between(-8, 6), () => CommitUnseen(name, commit));
            await scheduler.PassAsync(CallTimeout, cancellationToken);
            await process.LiveAsync();
            throw error(fault, name);
        }

        return await AnswerAsync(name, fault, commit, cancellationToken);
    }

    private async Task<T> AnswerAsync<T>(string name, Fault fault, Func<Fault, T> commit, CancellationToken cancellationToken)
    {
        T? answer = default;
        Exception? refusal = null;
        try
        {
            answer = commit(fault);
        }
        catch (Exception e) when (e is not ViolationException)
        {
            refusal = e;
            log.Add($"{process.Name} {name} refused: {e.Message}");
        }

        if (fault == Fault.CrashAfter)
        {
            process.End();
        }

        await scheduler.PassAsync(fault == Fault.CutAfter ? TimeSpan.FromMilliseconds(200) : faults.Latency(), cancellationToken);
        await process.LiveAsync();
        if (fault == Fault.CutAfter)
        {
            throw error(fault, name);
        }

        return refusal is null ? answer! : throw refusal;
    }

    /// <summary>The process is gone, its call may be on its way: it takes effect now, in a while, or never.</summary>
    private void Outlive<T>(string name, bool writes, Func<Fault, T> commit)
    {
        if (writes && faults.Random.Next(2) == 0)
        {
            scheduler.After(faults.Random.Next(2) == 0 ? TimeSpan.Zero : faults.Between(0, 10), () => CommitUnseen(name, commit));
        }
    }

    private void CommitUnseen<T>(string name, Func<Fault, T> commit)
    {
        log.Add($"{process.Name} {name}: takes effect unseen");
        try
        {
            commit(Fault.None);
        }
        catch (Exception e) when (e is not ViolationException)
        {
            log.Add($"{process.Name} {name} refused unseen: {e.Message}");
        }
    }
}
