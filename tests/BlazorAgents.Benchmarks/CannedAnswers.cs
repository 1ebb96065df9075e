using System.Globalization;
using System.Text;

namespace BlazorAgents.Benchmarks;

/// <summary>Whole streamed answers as a provider sends them.</summary>
internal static class CannedAnswers
{
    /// <summary>An answer of Chat Completions with this many pieces of text.</summary>
    public static string Chat(int deltas)
    {
        var sse = new StringBuilder();
        for (var i = 0; i < deltas; i++)
        {
            Write("""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1741369938,"model":"m","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":" token"},"logprobs":null,"finish_reason":null}],"usage":null}""");
        }

        Write("""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1741369938,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""");
        Write("[DONE]");
        return sse.ToString();

        void Write(string data) => sse.Append("data: ").Append(data).Append("\n\n");
    }

    /// <summary>A run of the Assistants API with this many pieces of text.</summary>
    public static string Assistants(int deltas)
    {
        const string Run = "\"object\":\"thread.run\",\"created_at\":1,\"thread_id\":\"thread_1\",\"assistant_id\":\"asst_1\",\"model\":\"m\",\"instructions\":\"\",\"tools\":[],\"metadata\":{},\"parallel_tool_calls\":true";
        var sse = new StringBuilder();
        Write("thread.run.created", $"{{\"id\":\"run_1\",\"status\":\"queued\",{Run}}}");
        for (var i = 0; i < deltas; i++)
        {
            Write("thread.message.delta", """{"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"text","text":{"value":" token","annotations":[]}}]}}""");
        }

        Write("thread.run.completed", $"{{\"id\":\"run_1\",\"status\":\"completed\",{Run}}}");
        Write("done", "[DONE]");
        return sse.ToString();

        void Write(string type, string data) => sse.Append("event: ").Append(type).Append("\ndata: ").Append(data).Append("\n\n");
    }

    /// <summary>An answer of Responses with this many pieces of text.</summary>
    public static string Responses(int deltas)
    {
        const string Start = """{"id":"resp_1","object":"response","created_at":1741369938,"status":""";
        const string End = ""","error":null,"incomplete_details":null,"instructions":null,"model":"m","output":[],"parallel_tool_calls":true,"temperature":1.0,"tool_choice":"auto","tools":[],"top_p":1.0,"metadata":{}}""";
        var sse = new StringBuilder();
        var number = 0;
        Write("response.created", $"\"response\":{Start}\"in_progress\"{End}");
        for (var i = 0; i < deltas; i++)
        {
            Write("response.output_text.delta", "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\" token\",\"logprobs\":[],\"obfuscation\":\"Yx83hkq\"");
        }

        Write("response.completed", $"\"response\":{Start}\"completed\"{End}");
        return sse.ToString();

        void Write(string type, string members) => sse.Append(CultureInfo.InvariantCulture,
            $"event: {type}\ndata: {{\"type\":\"{type}\",\"sequence_number\":{number++},{members}}}\n\n");
    }
}
