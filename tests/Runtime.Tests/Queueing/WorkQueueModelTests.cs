using Microsoft.Extensions.Time.Testing;
using ScimOperator.Runtime.Queueing;

namespace ScimOperator.Runtime.Tests.Queueing;

/// <summary>Random operations on the queue and on a model that is too simple to be wrong.</summary>
public sealed class WorkQueueModelTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_queue_does_what_the_model_does(int seed)
    {
        var random = new Random(seed);
        var time = new FakeTimeProvider();
        using var queue = new WorkQueue<int>("model", new WorkQueueOptions { Random = new Random(seed) }, time);
        var model = new Model();
        for (var step = 0; step < 2000; step++)
        {
            var key = random.Next(6);
            switch (random.Next(6))
            {
                case 0:
                    queue.Add(key);
                    model.Add(key);
                    break;
                case 1:
                    var delay = random.Next(-1, 20);
                    queue.AddAfter(key, TimeSpan.FromMilliseconds(delay));
                    model.AddAfter(key, delay);
                    break;
                case 2:
                    var by = random.Next(1, 8);
                    for (var i = 0; i < by; i++)
                    {
                        time.Advance(TimeSpan.FromMilliseconds(1));
                        model.Tick();
                    }

                    break;
                case 3 when model.Ready.Count > 0:
                    var (taken, got) = await queue.TakeAsync(CancellationToken.None);
                    Assert.True(taken);
                    Assert.Equal(model.Take(), got);
                    break;
                case 4 when model.Held.Count > 0:
                    var held = model.Held.ElementAt(random.Next(model.Held.Count));
                    queue.Done(held);
                    model.Done(held);
                    break;
                default:
                    queue.Done(100 + key);
                    break;
            }

            Assert.Equal(model.Ready.Count, queue.Count);
        }
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 50)];

    private sealed class Model
    {
        private readonly Dictionary<int, (long Due, int Order)> delayed = [];
        private readonly HashSet<int> dirty = [];
        private long now;
        private int order;

        public List<int> Ready { get; } = [];

        public HashSet<int> Held { get; } = [];

        public void Add(int key)
        {
            if (dirty.Add(key) && !Held.Contains(key))
            {
                Ready.Add(key);
            }
        }

        public void AddAfter(int key, int delay)
        {
            if (delay <= 0)
            {
                Add(key);
            }
            else if (!delayed.TryGetValue(key, out var due) || due.Due > now + delay)
            {
                delayed[key] = (now + delay, ++order);
            }
        }

        public void Tick()
        {
            now++;
            foreach (var key in delayed.Where(d => d.Value.Due <= now).OrderBy(d => d.Value.Order).Select(d => d.Key).ToList())
            {
                delayed.Remove(key);
                Add(key);
            }
        }

        public int Take()
        {
            var key = Ready[0];
            Ready.RemoveAt(0);
            dirty.Remove(key);
            Held.Add(key);
            return key;
        }

        public void Done(int key)
        {
            Held.Remove(key);
            if (dirty.Contains(key))
            {
                Ready.Add(key);
            }
        }
    }
}
