using BlazorAgents.OpenAI.Probe;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Web.Features.Providers;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A provider that a conversation may use, without anything that only administrators may know.</summary>
/// <param name="Id">The stored provider's id; null for the configured one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Which service it is.</param>
/// <param name="UsualType">The client type of conversations that name none.</param>
/// <param name="ChatModelId">The model of the Chat client where none is named.</param>
/// <param name="ResponsesModelId">The model of the other clients where none is named.</param>
/// <param name="Test">What its last test showed, or null.</param>
public sealed record ProviderChoice(
    string? Id, string Name, ProviderKind Kind, ClientType UsualType, string ChatModelId, string ResponsesModelId, TestReport? Test)
{
    /// <summary>The model of a client type where none is named.</summary>
    public string ModelOf(ClientType type) => type is ClientType.Chat or ClientType.AssistantsApi ? ChatModelId : ResponsesModelId;

    /// <summary>What the last test says against a client type, or null. A test of other settings says nothing.</summary>
    public string? FindProblem(ClientType type)
    {
        if (Test is not { IsCurrent: true } test)
        {
            return null;
        }

        var works = new ClientComparison(Kind, test.Results).Rows[0].Cells[ClientComparison.Types.ToList().IndexOf(type)];
        return works.Support is CapabilitySupport.No ? $"The last test says no. {works.Reason}" : null;
    }
}
