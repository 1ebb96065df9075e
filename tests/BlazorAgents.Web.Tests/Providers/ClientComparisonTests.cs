using BlazorAgents.OpenAI.Probe;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Web.Features.Providers;

namespace BlazorAgents.Web.Tests.Providers;

public sealed class ClientComparisonTests
{
    [Fact]
    public void NothingTested_NothingIsClaimedOfTheProvider()
    {
        var row = Row(new ClientComparison(ProviderKind.Compatible, []), "Works with this provider");

        Assert.All(row.Cells, cell => Assert.Equal(CapabilitySupport.Unknown, cell.Support));
        Assert.Contains("Not tested yet", row.Cells[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ChatOnly_TheOtherTypesAreNoWithTheReason()
    {
        var comparison = new ClientComparison(ProviderKind.Compatible, Results(yes: [Capability.Streaming, Capability.Tools, Capability.JsonSchema]));

        var works = Row(comparison, "Works with this provider");
        var tools = Row(comparison, "Tool calls");

        Assert.Equal([CapabilitySupport.Yes, CapabilitySupport.No, CapabilitySupport.No, CapabilitySupport.No], works.Cells.Select(cell => cell.Support));
        Assert.Equal("Responses: The server answers 404 (not found).", works.Cells[1].Reason);
        Assert.Equal("As in the first line.", tools.Cells[1].Reason);
        Assert.Equal((CapabilitySupport.Yes, CapabilitySupport.No), (tools.Cells[0].Support, tools.Cells[1].Support));
    }

    [Fact]
    public void ResponsesWithoutConversations_AssistantsAreNoBecauseOfThem()
    {
        var works = Row(new ClientComparison(ProviderKind.AzureOpenAI, Results(yes: [Capability.Streaming, Capability.Responses])), "Works with this provider");

        Assert.Equal(CapabilitySupport.Yes, works.Cells[1].Support);
        Assert.Equal((CapabilitySupport.No, true), (works.Cells[2].Support, works.Cells[2].Reason.StartsWith("Conversations: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Everything_EachTypeHasWhatItsInterfaceHas()
    {
        var comparison = new ClientComparison(ProviderKind.OpenAI, Results(yes: Enum.GetValues<Capability>()));

        Assert.Equal([CapabilitySupport.No, CapabilitySupport.Yes, CapabilitySupport.Yes, CapabilitySupport.Yes], Row(comparison, "File search").Cells.Select(cell => cell.Support));
        Assert.Equal([CapabilitySupport.No, CapabilitySupport.Yes, CapabilitySupport.Yes, CapabilitySupport.No], Row(comparison, "Web search").Cells.Select(cell => cell.Support));
        Assert.Equal([CapabilitySupport.Yes, CapabilitySupport.Yes, CapabilitySupport.Yes, CapabilitySupport.Yes], Row(comparison, "Structured output").Cells.Select(cell => cell.Support));
        Assert.All(comparison.Rows.SelectMany(row => row.Cells), cell => Assert.NotEmpty(cell.Reason));
    }

    private static ClientComparison.Row Row(ClientComparison comparison, string feature) => comparison.Rows.Single(row => row.Feature == feature);

    private static IEnumerable<CapabilityResult> Results(params Capability[] yes) => Enum.GetValues<Capability>().Select(capability => yes.Contains(capability)
        ? new CapabilityResult(capability, CapabilitySupport.Yes, "It worked.", DateTimeOffset.UnixEpoch)
        : new CapabilityResult(capability, CapabilitySupport.No, "The server answers 404 (not found).", DateTimeOffset.UnixEpoch));
}
