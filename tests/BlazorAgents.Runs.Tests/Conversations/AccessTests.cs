using System.Reflection;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;

namespace BlazorAgents.Runs.Tests.Conversations;

/// <summary>Every door takes a user's id; for another user's conversation, turn and run each one must answer as if they did not exist.</summary>
public sealed class AccessTests
{
    /// <summary>The services whose methods are the doors.</summary>
    internal static readonly Type[] Services = [typeof(ConversationService), typeof(RunService)];

    // These have no foreign id to refuse: they only ever look at the acting user's own.
    private static readonly string[] s_withoutId = ["ConversationService.ListAsync", "ConversationService.Subscribe"];

    public static TheoryData<string> Doors =>
        [.. Methods().Select(Name).Except(s_withoutId)];

    [Theory]
    [Trait("Id", "SEC-13")]
    [Trait("Id", "SEC-14")]
    [MemberData(nameof(Doors))]
    public async Task Sec13Sec14_AnotherUsersId_DoesNotExist(string door)
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("Mine.");
        var (run, _) = await host.AskAsync("My secret");
        var before = await host.StoredAsync(run.RunId);

        var refused = await Assert.ThrowsAsync<RunRequestException>(() => CallAsync(host, door, run, RunsHost.Stranger));

        Assert.Equal(RunRequestError.NotFound, refused.Error);
        Assert.Equivalent(before, await host.StoredAsync(run.RunId), strict: true);
        Assert.Equal("My secret", (await host.Conversations.GetAsync(RunsHost.User, run.ConversationId)).Title);
        Assert.Single(host.Model.Requests);
    }

    [Theory]
    [Trait("Id", "SEC-13")]
    [MemberData(nameof(Doors))]
    public async Task Sec13_DeletedConversation_DoesNotExistForItsOwnerEither(string door)
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("Mine.");
        var (run, _) = await host.AskAsync("My secret");
        await host.Conversations.DeleteAsync(RunsHost.User, run.ConversationId);

        var refused = await Record.ExceptionAsync(() => CallAsync(host, door, run, RunsHost.User));

        if (door is "ConversationService.RestoreAsync")
        {
            Assert.Null(refused);
        }
        else
        {
            Assert.Equal(RunRequestError.NotFound, Assert.IsType<RunRequestException>(refused).Error);
        }
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Sec13_List_ShowsOnlyTheUsersOwn()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        await host.SendAsync("My secret");

        Assert.Empty(await host.Conversations.ListAsync(RunsHost.Stranger, search: null, take: 10));
        Assert.Empty(await host.Conversations.ListAsync(RunsHost.Stranger, "secret", take: 10));
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public void Sec13_EveryDoor_TakesAUser() =>
        Assert.All(Methods(), method => Assert.True(
            method.GetParameters().Any(p => p.Name is "userId" || p.ParameterType == typeof(StartRun)), $"{Name(method)} takes no user."));

    private static IEnumerable<MethodInfo> Methods() =>
        Services.SelectMany(type =>
            type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static Task CallAsync(RunsHost host, string door, StartedRun run, string userId)
    {
        var method = Methods().Single(m => Name(m) == door);
        object target = method.DeclaringType == typeof(RunService) ? host.Runs : host.Conversations;
        return (Task)method.Invoke(target, [.. method.GetParameters().Select(p => Argument(p, run, userId))])!;
    }

    // A parameter that is not known here fails the test: a new door must say what it is about.
    private static object? Argument(ParameterInfo parameter, StartedRun run, string userId) => parameter.Name switch
    {
        "userId" => userId,
        "conversationId" => run.ConversationId,
        "turnId" => run.TurnId,
        "runId" => run.RunId,
        "clientRequestId" => Guid.NewGuid(),
        "beforeTurnId" => null,
        "take" => 10,
        "text" or "title" => "Changed",
        "modelId" => "other-model",
        "connection" => new ConversationConnection { Memory = ConversationMemory.None },
        "tools" => new ToolChoice { Added = ["clock"] },
        "pinned" => true,
        "request" => RunsHost.Request("Changed", run.ConversationId) with { UserId = userId },
        "cancellationToken" => CancellationToken.None,
        _ => throw new NotSupportedException($"The test does not know the parameter {parameter.Name}."),
    };
}
