using CsCheck;

namespace ScimOperator.Operator.Tests.ScimTokens;

public sealed class TokenPlannerSequenceTests
{
    private static readonly Gen<(int Kind, int Amount)[]> Steps = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5]).Array[1, 80];

    [Fact]
    public void Through_crashes_rotations_and_moves_the_identity_provider_is_never_refused() => Steps.Sample(steps =>
    {
        var model = new TokenModel();
        foreach (var (kind, amount) in steps)
        {
            Take(model, kind, amount);
            Assert.False(model.ProviderIsRefused, $"token {model.InUse} was deleted while in use");
            Assert.True(model.Published is null || model.Live.Contains(model.Published), $"the Secret holds {model.Published}, which was deleted");
        }
    });

    [Fact]
    public void Once_faults_stop_one_token_is_left_and_it_is_the_declared_owners() => Steps.Sample(steps =>
    {
        var model = new TokenModel();
        foreach (var (kind, amount) in steps)
        {
            Take(model, kind, amount);
        }

        for (var i = 0; i < 4; i++)
        {
            model.Reconcile(int.MaxValue);
            model.Provision();
            model.Pass(TimeSpan.FromMinutes(2));
        }

        model.Reconcile(int.MaxValue);
        Assert.Equal([model.Published!], model.Live);
        Assert.Equal("nothing", model.Plan().ToString());
        Assert.Equal(model.Owner, model.Plan().Current!.Token.OwnerId);
    });

    [Fact]
    public void Planning_again_after_acting_gives_nothing_to_do() => Steps.Sample(steps =>
    {
        var model = new TokenModel();
        foreach (var (kind, amount) in steps)
        {
            Take(model, kind, amount);
            model.Reconcile(int.MaxValue);
            Assert.Empty(model.Plan().Actions);
        }
    });

    private static void Take(TokenModel model, int kind, int amount)
    {
        switch (kind)
        {
            case 0:
                model.Reconcile(amount);
                break;
            case 1:
                model.Provision();
                break;
            case 2:
                model.Owner = amount % 2 == 0 ? "usr_alice" : "usr_bob";
                break;
            case 3:
                model.RotateRequest = $"request-{amount}";
                break;
            default:
                model.Pass(TimeSpan.FromSeconds(20 * amount));
                break;
        }
    }
}
