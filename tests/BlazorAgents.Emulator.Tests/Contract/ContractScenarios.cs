using BlazorAgents.Testing.Specification;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>All that is driven under contract.</summary>
internal static class ContractScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        .. ChatScenarios.All, .. ModelScenarios.All,
    ];

    /// <summary>Paths that the emulator does not serve yet.</summary>
    private static readonly string[] s_notServed = ["/responses", "/conversations", "/containers", "/files", "/uploads", "/vector_stores", "/assistants", "/threads"];

    /// <summary>Operations that nothing drives, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotDriven { get; } = new Dictionary<string, string>(
        OpenApiContract.OpenAI.Operations
            .Where(operation => s_notServed.Contains("/" + operation.Path.Split('/')[1]))
            .Select(operation => KeyValuePair.Create(operation.Id, "The emulator does not serve it yet.")))
    {
        ["listChatCompletions"] = StoredChats,
        ["getChatCompletion"] = StoredChats,
        ["updateChatCompletion"] = StoredChats,
        ["deleteChatCompletion"] = StoredChats,
        ["getChatCompletionMessages"] = StoredChats,
        ["deleteModel"] = "Deletes fine-tuned models, which the emulator does not have.",
    };

    private const string StoredChats = "Chat completions are not stored by the emulator, and nothing of ours asks for stored ones.";
}
