using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes.Tests;

public sealed class OwnedFolderTests
{
    private static readonly string Id = new('a', 32);

    [Fact]
    public void Only_the_folder_of_a_process_that_is_gone_is_abandoned()
    {
        var self = ProcessIdentity.Find(Environment.ProcessId)!.Value;
        Assert.False(OwnedFolder.IsAbandoned($"scim-operator-work-{self.Pid}-{self.StartTicks}-{Id}"));
        Assert.True(OwnedFolder.IsAbandoned($"scim-operator-work-{self.Pid}-{self.StartTicks + 1}-{Id}"));
        Assert.True(OwnedFolder.IsAbandoned($"scim-operator-etcd-{int.MaxValue}-1-{Id}"));
    }

    [Theory]
    [InlineData("scim-operator-work-detached-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("scim-operator-work-1")]
    [InlineData("scim-operator-cache-2147483647-1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("my-scim-operator-work-2147483647-1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_folder_that_is_not_ours_is_never_abandoned(string name) => Assert.False(OwnedFolder.IsAbandoned(name));

    [Fact]
    public void Data_on_disk_goes_into_a_work_folder_that_nobody_made_yet()
    {
        using var parent = new TemporaryFolder();
        var work = parent.File("demo/control-plane");
        var data = OwnedFolder.CreateData(work, inMemory: false, detached: true);
        Assert.Equal(work, Path.GetDirectoryName(data));
        Assert.True(Directory.Exists(data));
    }

    [Fact]
    public void An_abandoned_folder_is_removed_and_the_others_stay()
    {
        using var parent = new TemporaryFolder();
        var self = ProcessIdentity.Find(Environment.ProcessId)!.Value;
        var kept = Directory.CreateDirectory(parent.File($"scim-operator-work-{self.Pid}-{self.StartTicks}-{Id}")).FullName;
        Directory.CreateDirectory(parent.File($"scim-operator-work-{int.MaxValue}-1-{Id}"));
        OwnedFolder.RemoveAbandoned(parent.Path);
        Assert.Equal([kept], Directory.GetFileSystemEntries(parent.Path));
    }
}
