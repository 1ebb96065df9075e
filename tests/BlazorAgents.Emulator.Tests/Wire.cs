using System.ClientModel;
using System.Text.Json;

namespace BlazorAgents.Emulator.Tests;

/// <summary>JSON to and from the SDK's protocol methods.</summary>
internal static class Wire
{
    public static BinaryContent Body(object json) => BinaryContent.Create(BinaryData.FromObjectAsJson(json));

    public static BinaryContent Text(string json) => BinaryContent.Create(BinaryData.FromString(json));

    public static JsonElement Json(this ClientResult result) => JsonDocument.Parse(result.GetRawResponse().Content).RootElement;

    public static string Of(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>The error that a call gets; its param and code are checked.</summary>
    public static async Task<ClientResultException> RefusedAsync(int status, string? param, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(call);
        Assert.Equal(status, error.Status);
        var body = JsonDocument.Parse(error.GetRawResponse()!.Content).RootElement.GetProperty("error");
        Assert.Equal(param, body.GetProperty("param").GetString());
        Assert.NotEqual("", body.Of("message"));
        return error;
    }
}
