namespace ScimOperator.Drivers;

/// <summary>
/// The one door through which every call to an account goes. It paces calls (spec.rateLimit), waits out a Retry-After, and
/// opens a circuit when the account fails: then calls are refused at once, until one probe at a time is let through. So a
/// failing account is not hammered, and its objects don't hold workers that other accounts need.
/// </summary>
public sealed class AccountGate(TimeProvider time, Random random, double? requestsPerSecond = null, int burst = 1)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock sync = new();
    private readonly TimeSpan interval = requestsPerSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
    private DateTimeOffset theoreticalArrival = DateTimeOffset.MinValue;
    private DateTimeOffset openUntil = DateTimeOffset.MinValue;
    private BackendException? cause;
    private int failures;
    private bool probing;

    /// <summary>Waits for this call's turn, or throws at once while the circuit is open.</summary>
    public async Task<Permit> EnterAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        bool probe;
        lock (sync)
        {
            probe = Admit();
            wait = Reserve();
        }

        if (wait <= TimeSpan.Zero)
        {
            return new Permit(this, probe);
        }

        try
        {
            await Task.Delay(wait, time, cancellationToken);
            return new Permit(this, probe);
        }
        catch
        {
            Abandon(probe);
            throw;
        }
    }

    private bool Admit()
    {
        if (cause is null)
        {
            return false;
        }

        var now = time.GetUtcNow();
        if (now < openUntil || probing)
        {
            var wait = openUntil > now ? openUntil - now : FirstPause;
            // The words of the failure itself: a condition that repeats them does not change with every refused call.
            throw new BackendException(cause.Error, cause.Message, wait);
        }

        probing = true;
        return true;
    }

    /// <summary>Generic cell rate algorithm: one number holds the whole state of the bucket.</summary>
    private TimeSpan Reserve()
    {
        if (interval == TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var now = time.GetUtcNow();
        var arrival = theoreticalArrival > now ? theoreticalArrival : now;
        theoreticalArrival = arrival + interval;
        return arrival - (interval * (burst - 1)) - now;
    }

    private void Abandon(bool probe)
    {
        if (probe)
        {
            lock (sync)
            {
                probing = false;
            }
        }
    }

    private void Close(bool probe)
    {
        lock (sync)
        {
            failures = 0;
            cause = null;
            probing = probing && !probe;
        }
    }

    private void Open(BackendException failure, bool probe)
    {
        lock (sync)
        {
            var now = time.GetUtcNow();
            probing = probing && !probe;
            // Calls that were under way together fail together: they count as one failure.
            if (cause is not null && now < openUntil)
            {
                return;
            }

            cause = failure;
            var pause = FirstPause * Math.Pow(2, Math.Min(failures++, 10));
            pause = pause > LongestPause ? LongestPause : pause;
            openUntil = now + (failure.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked : pause * (0.75 + (random.NextDouble() / 2)));
        }
    }

    /// <summary>Leave to make one call; says how it went.</summary>
    public sealed class Permit(AccountGate gate, bool probe) : IDisposable
    {
        private bool reported;

        /// <summary>The account answered.</summary>
        public void Succeeded()
        {
            reported = true;
            gate.Close(probe);
        }

        /// <summary>The call failed; failures of the whole account open the circuit.</summary>
        public BackendException Failed(BackendException failure)
        {
            reported = true;
            // A wrong credential is the account answering: no need to hold calls back that will carry a new one.
            if (failure.Error is BackendError.Unreachable or BackendError.RateLimited or BackendError.Tls)
            {
                gate.Open(failure, probe);
            }
            else
            {
                gate.Close(probe);
            }

            return failure;
        }

        /// <summary>Ends the permit; a call that was cancelled says nothing about the account.</summary>
        public void Dispose()
        {
            if (!reported)
            {
                gate.Abandon(probe);
            }
        }
    }
}
