using System.Text.Json.Nodes;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.Testing.Fakes;
using OpenAI;

namespace BlazorAgents.OpenAI.Tests.Assistants;

public sealed class AssistantJanitorTests
{
    private readonly AssistantsServer _server = new();
    private readonly ListLogger<AssistantJanitor> _log = new();

    [Fact]
    public async Task Assistants_ThatAProcessLeft_AreDeletedAndNoOthers()
    {
        var (owner, created) = await MakeOneAsync();
        var parts = owner.Split('/');
        var listed = new Dictionary<string, string>
        {
            ["asst_own"] = Metadata(owner, created),
            ["asst_dead"] = Metadata($"{parts[0]}/{int.MaxValue}/{parts[2]}", created),
            ["asst_number_again"] = Metadata($"{parts[0]}/{parts[1]}/1", created),
            ["asst_elsewhere"] = Metadata($"ffffffffffffffff/1/1", created),
            ["asst_elsewhere_old"] = Metadata($"ffffffffffffffff/1/1", created - (25 * 3600)),
            ["asst_foreign"] = "{}",
            ["asst_odd"] = Metadata("whatever", created),
        };
        _server.First = r => r.Method == HttpMethod.Get ? FakeHttpHandler.Json(AssistantsServer.List(
            [.. listed.Select(a => AssistantsServer.Assistant(a.Key, $$"""{"metadata":{{a.Value}}}"""))])) : null;

        var deleted = await CreateJanitor().CleanUpAsync(default);

        Assert.Equal(3, deleted);
        Assert.Equal(
            ["DELETE /assistants/asst_dead", "DELETE /assistants/asst_number_again", "DELETE /assistants/asst_elsewhere_old"],
            _server.Calls.Where(c => c.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Server_ThatCannotAnswer_IsNoFault(int status)
    {
        _server.First = _ => AssistantsServer.Error(status, "no");

        Assert.Equal(0, await CreateJanitor().CleanUpAsync(default));
        Assert.Single(_log.Entries);
    }

    private async Task<(string Owner, long Created)> MakeOneAsync()
    {
        _server.ThenText("a");
        using var client = _server.CreateClient();
        await client.CreateAgent().RunAsync("Hi", new AgentThread("thread_1"));
        var metadata = _server.Bodies("POST /assistants").Single()["metadata"]!;
        return ((string)metadata["blazoragents"]!, long.Parse((string)metadata["blazoragents_created"]!, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Metadata(string owner, long created) =>
        new JsonObject { ["blazoragents"] = owner, ["blazoragents_created"] = $"{created}" }.ToJsonString();

    private AssistantJanitor CreateJanitor()
    {
        using var chat = TestClients.Create(_server.Handler);
        return new AssistantJanitor((OpenAIClient)chat.GetService(typeof(OpenAIClient))!, TimeProvider.System, _log);
    }
}
