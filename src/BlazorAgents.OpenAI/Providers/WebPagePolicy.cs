using System.ClientModel.Primitives;
using System.Text.Json;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>A web page is no answer: whoever sends one with success is not an API. A stream's reader would see an answer without an end.</summary>
internal sealed class WebPagePolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        ProcessNext(message, pipeline, currentIndex);
        Check(message);
    }

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        await ProcessNextAsync(message, pipeline, currentIndex);
        Check(message);
    }

    private static void Check(PipelineMessage message)
    {
        if (message.Response is { IsError: false } response
            && response.Headers.TryGetValue("Content-Type", out var type)
            && type?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw new JsonException("A web page came instead of an answer."); // the translator says what to check
        }
    }
}
