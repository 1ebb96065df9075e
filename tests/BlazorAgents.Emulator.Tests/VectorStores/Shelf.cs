using OpenAI.Files;
using OpenAI.VectorStores;

namespace BlazorAgents.Emulator.Tests.VectorStores;

/// <summary>Makes files and stores for tests.</summary>
internal static class Shelf
{
    public const string Vacation = "Vacation policy\n\nEmployees get 25 vacation days a year. Unused days move to the next year until March.";
    public const string Printer = "Printer manual\n\nReplace the toner when the red light blinks. Paper goes into tray two.";
    public const string Travel = "Travel policy\n\nFlights are booked in economy class. Hotels cost at most 180 euros a night.";

    public static async Task<string> FileAsync(this SdkServer server, string name, string text) =>
        (await server.Client.GetOpenAIFileClient().UploadFileAsync(BinaryData.FromString(text), name, FileUploadPurpose.Assistants)).Value.Id;

    public static async Task<string> FileAsync(this SdkServer server, string name, byte[] bytes) =>
        (await server.Client.GetOpenAIFileClient().UploadFileAsync(BinaryData.FromBytes(bytes), name, FileUploadPurpose.Assistants)).Value.Id;

    /// <summary>A store with these texts, indexed.</summary>
    public static async Task<string> StoreAsync(this SdkServer server, params (string Name, string Text)[] files)
    {
        var options = new VectorStoreCreationOptions { Name = "shelf" };
        foreach (var (name, text) in files)
        {
            options.FileIds.Add(await server.FileAsync(name, text));
        }

        var id = (await server.Client.GetVectorStoreClient().CreateVectorStoreAsync(options)).Value.Id;
        await server.IndexedAsync(id);
        return id;
    }

    public static Task IndexedAsync(this SdkServer server, string store) => server.Server.State.VectorStores.WaitUntilIndexedAsync([store], CancellationToken.None);
}
